/** An SPDX licence expression (SPDX specification 2.3, annex D). */
export type LicenseExpression =
  | { readonly kind: 'license'; readonly text: string }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly LicenseExpression[] };

/** Brackets inside one another, and characters in all. */
const NESTING = 50;
const LENGTH = 10_000;

/** Ways to comply with one expression. */
const CHOICES = 1_000;

const TOKEN = /\s*([()]|[^\s()]+)/y;
const OPERATOR = /^(?:AND|OR|WITH)$/;
const LICENSE =
  /^(?:(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+|[A-Za-z0-9][A-Za-z0-9.-]*\+?)$/;
const EXCEPTION = /^(?:(?:DocumentRef-[A-Za-z0-9.-]+:)?AdditionRef-)?[A-Za-z0-9][A-Za-z0-9.-]*$/;

/**
 * The expression in a text: licences with `WITH`, `AND` and `OR`, which bind in this order, and brackets.
 * Undefined where it is none. Identifiers are not held against the list of SPDX.
 */
export function parseLicenseExpression(text: string): LicenseExpression | undefined {
  if (text.length > LENGTH) return undefined;
  const tokens = tokensOf(text.trim());
  return tokens === undefined ? undefined : new LicenseParser(tokens).whole();
}

/**
 * The licences with which one must comply, all of one choice, one choice or another: `MIT OR (A AND B)` is
 * `[[MIT], [A, B]]`. An exception stays with its licence. Undefined where there are more than a thousand choices.
 */
export function licenseChoices(expression: LicenseExpression): readonly (readonly string[])[] | undefined {
  if (expression.kind === 'license') return [[expression.text]];
  let choices: readonly (readonly string[])[] = expression.kind === 'and' ? [[]] : [];
  for (const operand of expression.operands) {
    const more = licenseChoices(operand);
    if (more === undefined) return undefined;
    const size = expression.kind === 'and' ? choices.length * more.length : choices.length + more.length;
    if (size > CHOICES) return undefined;
    choices =
      expression.kind === 'and'
        ? choices.flatMap(choice => more.map(other => [...new Set([...choice, ...other])]))
        : [...choices, ...more];
  }
  return choices;
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    tokens.push(match[1]!);
  }
  return tokens;
}

/** Each method gives undefined where what it reads is not there. */
class LicenseParser {
  private readonly tokens: readonly string[];
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  whole(): LicenseExpression | undefined {
    const expression = this.either();
    return this.at === this.tokens.length ? expression : undefined;
  }

  private either(): LicenseExpression | undefined {
    return this.list('or', () => this.list('and', () => this.simple()));
  }

  private list(
    kind: 'and' | 'or',
    operand: () => LicenseExpression | undefined,
  ): LicenseExpression | undefined {
    const operands: LicenseExpression[] = [];
    do {
      const next = operand();
      if (next === undefined) return undefined;
      operands.push(next);
    } while (this.takes(kind.toUpperCase()));
    return operands.length === 1 ? operands[0] : { kind, operands };
  }

  private simple(): LicenseExpression | undefined {
    if (this.takes('(')) return this.inBrackets();
    const license = this.next(LICENSE);
    if (license === undefined) return undefined;
    if (!this.takes('WITH')) return { kind: 'license', text: license };
    const exception = this.next(EXCEPTION);
    return exception === undefined ? undefined : { kind: 'license', text: `${license} WITH ${exception}` };
  }

  private inBrackets(): LicenseExpression | undefined {
    if (++this.depth > NESTING) return undefined;
    const inner = this.either();
    this.depth--;
    return this.takes(')') ? inner : undefined;
  }

  private next(form: RegExp): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || OPERATOR.test(token) || !form.test(token)) return undefined;
    this.at++;
    return token;
  }

  private takes(word: string): boolean {
    if (this.tokens[this.at] !== word) return false;
    this.at++;
    return true;
  }
}
