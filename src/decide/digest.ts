import { createHash } from 'node:crypto';
import type { PolicyFile } from '../language/index.ts';
import { compareStrings, stringify, type Value } from '../values/index.ts';

/**
 * `sha256:…` of what a policy is made of, whatever order its files come in: path, edition, dialect and
 * text of each file, and the data as JSON with sorted keys.
 */
export function policyDigest(files: readonly PolicyFile[], data: Value): string {
  const sorted = [...files].sort(
    (a, b) => compareStrings(a.source.path, b.source.path) || compareStrings(a.source.text, b.source.text),
  );
  const content = sorted.map(({ source, version, dialect }) => [
    source.path,
    version ?? 'v1',
    dialect ?? (source.path.endsWith('.policy') ? 'policy' : 'rego'),
    source.text,
  ]);
  return `sha256:${sha256(JSON.stringify(['pratique policy', content, stringify(data)]))}`;
}

/** The SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
