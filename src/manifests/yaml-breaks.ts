import { Unreadable } from './problem.ts';

/** YAML 1.1 ends a line at the first three and YAML 1.2 does not; a byte order mark may stand at the start alone. */
const oddBreak = /[\u0085\u2028\u2029]|(?!^)\ufeff/u;
/** Some readers part documents here, for all that follows the dashes is white space to them. */
const oddMarker = /^---[ \t\r]*[\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]\s*?$/mu;

/**
 * Throws Unreadable where a character stands at which some readers of YAML end a line and others do not: what is
 * a comment to one is a container to the other.
 */
export function refuseOddBreaks(text: string): void {
  const found = oddBreak.exec(text);
  if (found)
    throw new Unreadable(
      `the character ${codePoint(found[0])} stands here, which some readers of YAML take for the end of a line`,
      found.index,
      'manifest_error',
      `leave it out, or write it as an escape in double quotation marks: "\\u${hex(found[0])}"`,
    );
  const marker = oddMarker.exec(text);
  if (marker)
    throw new Unreadable(
      'some readers of YAML begin a document here: "---" and white space that is no space',
      marker.index,
      'manifest_error',
      'let nothing but spaces follow "---"',
    );
}

function codePoint(character: string): string {
  return `U+${hex(character).toUpperCase()}`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
