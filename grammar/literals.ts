import type { SyntaxProblem } from './ast.ts';

type Report = (problem: SyntaxProblem) => void;

const jsonNumber = /^-?(?:0|[1-9][0-9]*)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * Reports a number that JSON does not know: `01`, `1.`, `1e`, `12px`. As in OPA, the digit before the
 * point may be missing (`.5`); the point is then part of `text`.
 */
export function checkNumber(text: string, start: number, report: Report): void {
  if (jsonNumber.test(text)) return;
  const message = /^-?0[0-9]+$/.test(text)
    ? `\`${text}\` is not a number: it starts with a zero`
    : `\`${text}\` is not a number`;
  report({ span: { start, end: start + text.length }, message });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controlCharacter = /[\u0000-\u001f]/;
const simpleEscapes = '"\\/bfnrt';

/**
 * The value of a string between double quotes, `start` the offset of its first character inside them.
 * Escapes are exactly those of JSON; half of a surrogate pair becomes U+FFFD. A wrong escape is
 * reported and left out of the value.
 */
export function unescapeString(inner: string, start: number, report: Report): string {
  if (!inner.includes('\\')) return inner;
  const control = inner.search(controlCharacter);
  if (control !== -1)
    report({
      span: { start: start + control, end: start + control + 1 },
      message: 'a string with escapes cannot hold a control character as it is',
      hint: 'write it as an escape too, such as `\\t`',
    });
  let value = '';
  let at = 0;
  for (;;) {
    const next = inner.indexOf('\\', at);
    if (next === -1) break;
    value += inner.slice(at, next);
    const length = escapeLength(inner, next);
    const sequence = inner.slice(next, next + Math.max(length, 2));
    if (length === 0)
      report({
        span: { start: start + next, end: start + next + sequence.length },
        message: `\`${sequence}\` is not an escape of a string`,
        hint: 'write `\\\\` for a backslash, or put the text between backquotes',
      });
    else value += JSON.parse(`"${sequence}"`);
    at = next + sequence.length;
  }
  return (value + inner.slice(at)).toWellFormed();
}

/** Zero where no JSON escape begins at `at`. */
function escapeLength(inner: string, at: number): number {
  const letter = inner[at + 1] ?? '';
  if (letter === 'u') return /^[0-9a-fA-F]{4}$/.test(inner.slice(at + 2, at + 6)) ? 6 : 0;
  return letter !== '' && simpleEscapes.includes(letter) ? 2 : 0;
}

/** The text of a template string: `\{` is a brace, every other escape that of a string, none in a raw one. */
export function unescapeTemplate(inner: string, start: number, raw: boolean, report: Report): string {
  if (raw) return inner.replaceAll('\\{', '{');
  if (!inner.includes('\\{')) return unescapeString(inner, start, report);
  let value = '';
  let at = 0;
  for (const match of inner.matchAll(/\\[\s\S]/g)) {
    if (match[0] !== '\\{') continue;
    value += `${unescapeString(inner.slice(at, match.index), start + at, report)}{`;
    at = match.index + 2;
  }
  return value + unescapeString(inner.slice(at), start + at, report);
}
