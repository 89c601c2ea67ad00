/** One argument that ARG declares. */
export interface Assignment {
  readonly name: string;
  /** The default as written, variables and all; undefined where there is none, null where it cannot be told. */
  readonly value: string | null | undefined;
}

/** The value is bare, or in quotation marks from end to end. */
const assignment =
  /[\t\v\f\r ]*([\w.-]+)(=(?:"([^"\n]*)"|'([^'\n]*)'|([^"'\t\v\f\r ]*)))?(?=[\t\v\f\r ]|$)/uy;
/** White space to some builders. */
const odd = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

/**
 * What `ARG NAME=value …` declares; undefined where the words are not plain, so that they cannot be told
 * apart with certainty.
 */
export function argumentsIn(rest: string, escapeWith: string): readonly Assignment[] | undefined {
  if (rest.includes(escapeWith) || odd.test(rest)) return undefined;
  const found: Assignment[] = [];
  for (let at = 0; at < rest.length; ) {
    assignment.lastIndex = at;
    const match = assignment.exec(rest);
    if (!match) return undefined;
    found.push({ name: match[1]!, value: valueIn(match) });
    at = assignment.lastIndex;
  }
  return found;
}

/** Variables in single quotation marks stand for themselves, and a backslash may or may not escape one. */
function valueIn([, , value, double, single, bare]: RegExpExecArray): string | null | undefined {
  const written = double ?? single ?? bare;
  if (value === undefined || written === undefined) return undefined;
  const isDoubtful = written.includes('$') && (single !== undefined || written.includes('\\'));
  return isDoubtful ? null : written;
}
