import type { SourceFile } from '../base/index.ts';
import type { Findings } from './findings.ts';

/** Adds the references of a plain list: one a line, `#` begins a comment at a line's start or after white space. */
export function readImageList(source: SourceFile, findings: Findings): void {
  let offset = 0;
  let count = 0;
  for (const line of source.text.split('\n')) {
    const ref = referenceIn(line);
    if (ref !== '') findings.addImage(source, offset, ref, { path: `/${count++}` });
    offset += line.length + 1;
  }
}

/** What stands in a line but for white space and comments. */
export function referenceIn(line: string): string {
  const bare = line.replace(/^\ufeff/u, '');
  const comment = /(?:^|\s)#/u.exec(bare);
  return (comment ? bare.slice(0, comment.index) : bare).trim();
}
