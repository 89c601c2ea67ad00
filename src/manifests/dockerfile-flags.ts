import { trimSpace } from './dockerfile-space.ts';
import { Unreadable } from './problem.ts';

export interface Flag {
  readonly name: string;
  readonly value: string;
}

/** A flag of ASCII without escapes; what is in quotation marks may hold blanks. */
const plainFlag = /--(?:[!#-&(-[\]-_a-~]|"[ !#-[\]-_a-~]*"|'[ -&(-[\]-_a-~]*')*(?=[\t\v\f\r ]|$)/uy;

/**
 * The flags before the words of an instruction, quotation marks taken off, and what follows them. Throws
 * Unreadable where a flag has escapes or characters that builders read in ways of their own.
 */
export function splitFlags(
  rest: string,
  offset: number,
): { readonly flags: readonly Flag[]; readonly value: string } {
  const flags: Flag[] = [];
  let at = 0;
  for (;;) {
    while (at < rest.length && /[\t\v\f\r ]/u.test(rest[at]!)) at++;
    if (!rest.startsWith('--', at)) return { flags, value: trimSpace(rest.slice(at)) };
    plainFlag.lastIndex = at;
    if (!plainFlag.test(rest)) throw notPlain(rest.slice(at), offset);
    const written = rest.slice(at, plainFlag.lastIndex);
    at = plainFlag.lastIndex;
    const word = unquoted(written);
    if (word === '--') return { flags, value: trimSpace(rest.slice(at)) };
    const flag = flagOf(word);
    if (/["']/u.test(flag.value) && (flag.name === 'from' || flag.name === 'mount'))
      throw notPlain(written, offset);
    flags.push(flag);
  }
}

function flagOf(word: string): Flag {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
  return { name: name.toLowerCase(), value: equals === -1 ? '' : word.slice(equals + 1) };
}

/** The images that the value of `--mount` names: `type=bind,from=IMAGE,…`. */
export function mountSources(mount: string): readonly string[] {
  return mount.split(',').flatMap(field => {
    const match = /^\s*from=(.*)$/iu.exec(field);
    return match ? [match[1]!] : [];
  });
}

function unquoted(written: string): string {
  return written.replace(
    /"([^"]*)"|'([^']*)'/gu,
    (_, double?: string, single?: string) => double ?? single ?? '',
  );
}

function notPlain(written: string, offset: number): Unreadable {
  return new Unreadable(
    `the flag ${written.slice(0, 60)} is not plain: builders may read another one`,
    offset,
    'manifest_error',
    'write flags as --name=value, without escapes and without characters beyond ASCII',
  );
}
