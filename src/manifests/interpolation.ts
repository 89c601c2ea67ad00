/** What a text becomes when its variables are put in; undefined where one of them has no known value. */
export type Interpolated = string | undefined;

export interface InterpolationRules {
  /** The value of a variable; undefined where it is not set, null where it is set to what is not known. */
  readonly lookup: (name: string) => string | null | undefined;
  /** `$$` is a dollar sign in compose files, `\$` is one in Dockerfiles. */
  readonly escape: '$' | '\\';
  /** Variables inside one another; beyond it nothing is known. */
  readonly depth?: number;
}

const deepest = 20;
/** Variables made of variables grow fast; no reference is as long. */
const longest = 4_096;
const name = /[A-Za-z_][A-Za-z0-9_]*/uy;
const operator = /:?[-+?]/uy;

/**
 * Puts values in place of `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:+other}`,
 * `${NAME+other}` and `${NAME:?message}`, as a shell does; with a colon, empty counts as unset.
 * An unset variable without a default has no known value here, for whoever runs this may set it.
 */
export function interpolate(text: string, rules: InterpolationRules): Interpolated {
  if (!text.includes('$')) return text;
  const depth = rules.depth ?? 0;
  if (depth > deepest) return undefined;
  let result = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) return result + text.slice(at);
    const isEscaped = rules.escape === '$' ? text[dollar + 1] === '$' : text[dollar - 1] === '\\';
    if (isEscaped) {
      result += rules.escape === '$' ? text.slice(at, dollar + 1) : `${text.slice(at, dollar - 1)}$`;
      at = dollar + (rules.escape === '$' ? 2 : 1);
      continue;
    }
    const end = variableEnd(text, dollar);
    const value = end === undefined ? undefined : variable(text.slice(dollar + 1, end), rules, depth);
    if (value === undefined || result.length > longest) return undefined;
    result += text.slice(at, dollar) + value;
    at = end!;
  }
  return result;
}

/** Where the variable that begins at a dollar sign ends; undefined where it is malformed. */
function variableEnd(text: string, dollar: number): number | undefined {
  if (text[dollar + 1] !== '{') {
    name.lastIndex = dollar + 1;
    return name.test(text) ? name.lastIndex : undefined;
  }
  let open = 0;
  for (let at = dollar + 1; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at + 1;
  }
  return undefined;
}

/** `written` is what follows the dollar sign. */
function variable(written: string, rules: InterpolationRules, depth: number): Interpolated {
  const body = written.startsWith('{') ? written.slice(1, -1) : written;
  name.lastIndex = 0;
  const found = name.exec(body)?.[0];
  if (found === undefined) return undefined;
  const value = rules.lookup(found);
  if (found.length === body.length) return value ?? undefined;
  operator.lastIndex = found.length;
  const sign = operator.exec(body)?.[0];
  if (sign === undefined || value === null) return undefined;
  const word = body.slice(found.length + sign.length);
  const isSet = value !== undefined && !(sign.startsWith(':') && value === '');
  const inner = () => interpolate(word, { ...rules, depth: depth + 1 });
  if (sign.endsWith('+')) return isSet ? inner() : '';
  if (sign.endsWith('?')) return isSet ? value : undefined;
  return isSet ? value : inner();
}
