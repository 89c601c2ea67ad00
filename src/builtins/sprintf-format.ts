import { type Directive, describeArgument, type FormatArgument, formatArgument } from './sprintf-verbs.ts';

/** Go reads no further digit of a width or precision that is beyond this. */
const maxWidth = 1_000_000;

/**
 * The format with its directives replaced, as Go's `fmt.Sprintf` does it, mistakes written into the
 * result (`%!d(string=x)`, `%!s(MISSING)`, `%!(EXTRA int64=1)`). `reserve` is told of the characters
 * of a piece before it is made, as far as its directive decides how many they are.
 */
export function formatText(
  format: string,
  args: readonly FormatArgument[],
  reserve: (length: number) => void,
): string {
  const formatter = new Formatter(format, args, reserve);
  return formatter.run();
}

class Formatter {
  private readonly format: string;
  private readonly args: readonly FormatArgument[];
  private readonly reserve: (length: number) => void;
  private text = '';
  private at = 0;
  /** The next argument. */
  private next = 0;
  /** Whether some directive chose its argument by index. */
  private reordered = false;
  /** Whether the indexes of the current directive are good. */
  private goodIndex = true;
  /** Whether what was read last is an index. */
  private afterIndex = false;

  constructor(format: string, args: readonly FormatArgument[], reserve: (length: number) => void) {
    this.format = format;
    this.args = args;
    this.reserve = reserve;
  }

  run(): string {
    while (this.at < this.format.length) {
      const percent = this.format.indexOf('%', this.at);
      const end = percent === -1 ? this.format.length : percent;
      this.write(this.format.slice(this.at, end));
      this.at = end + 1;
      if (percent !== -1) this.directive();
    }
    if (!this.reordered && this.next < this.args.length) this.writeExtra();
    return this.text;
  }

  private directive(): void {
    const directive = this.flags();
    this.goodIndex = true;
    this.afterIndex = false;
    this.index();
    this.width(directive);
    if (this.at + 1 < this.format.length && this.format[this.at] === '.') this.precision(directive);
    if (!this.afterIndex) this.index();
    this.verb(directive);
  }

  private verb(directive: Directive): void {
    if (this.at >= this.format.length) {
      this.write('%!(NOVERB)');
      return;
    }
    const verb = String.fromCodePoint(this.format.codePointAt(this.at)!);
    this.at += verb.length;
    if (verb === '%') this.write('%');
    else if (!this.goodIndex) this.write(`%!${verb}(BADINDEX)`);
    else if (this.next >= this.args.length) this.write(`%!${verb}(MISSING)`);
    else this.argument(directive, verb, this.args[this.next++]!);
  }

  private argument(directive: Directive, verb: string, argument: FormatArgument): void {
    if (verb === 'v' || verb === 'w') {
      directive.goSyntax = directive.sharp;
      directive.bigSign = directive.plus;
      directive.sharp = false;
      directive.plus = false;
    }
    const reserved = (directive.width ?? 0) + (directive.precision ?? 0);
    this.reserve(reserved);
    const text = formatArgument(directive, verb, argument);
    this.reserve(Math.max(text.length - reserved, 0));
    this.text += text;
  }

  private flags(): Directive {
    const directive = noFlags();
    for (; this.at < this.format.length; this.at++) {
      switch (this.format[this.at]) {
        case '#':
          directive.sharp = true;
          break;
        case '0':
          directive.zero = true;
          break;
        case '+':
          directive.plus = true;
          break;
        case '-':
          directive.minus = true;
          break;
        case ' ':
          directive.space = true;
          break;
        default:
          return directive;
      }
    }
    return directive;
  }

  private width(directive: Directive): void {
    if (this.format[this.at] === '*') {
      this.at++;
      const width = this.argumentSize();
      if (width === undefined) this.write('%!(BADWIDTH)');
      else {
        directive.width = Math.abs(width);
        if (width < 0) {
          directive.minus = true;
          directive.zero = false;
        }
      }
      this.afterIndex = false;
      return;
    }
    directive.width = this.size();
    if (this.afterIndex && directive.width !== undefined) this.goodIndex = false;
  }

  private precision(directive: Directive): void {
    this.at++;
    if (this.afterIndex) this.goodIndex = false;
    this.index();
    if (this.format[this.at] === '*') {
      this.at++;
      const precision = this.argumentSize();
      directive.precision = precision !== undefined && precision >= 0 ? precision : undefined;
      if (directive.precision === undefined) this.write('%!(BADPREC)');
      this.afterIndex = false;
      return;
    }
    directive.precision = this.size() ?? 0;
  }

  /** Reads `[n]`, by which a directive chooses its argument. */
  private index(): void {
    this.afterIndex = false;
    if (this.format[this.at] !== '[') return;
    this.reordered = true;
    const close = this.format.indexOf(']', this.at + 1);
    if (close === -1 || this.format.length - this.at < 3) {
      this.goodIndex = false;
      this.at++;
      return;
    }
    const inside = this.format.slice(this.at + 1, close);
    this.at = close + 1;
    const index = /^\d+$/u.test(inside) && Number(inside) <= maxWidth ? Number(inside) - 1 : undefined;
    this.afterIndex = index !== undefined;
    if (index !== undefined && index >= 0 && index < this.args.length) this.next = index;
    else this.goodIndex = false;
  }

  /** Reads digits; undefined where there are none or too many. */
  private size(): number | undefined {
    let size: number | undefined;
    for (; this.at < this.format.length; this.at++) {
      const digit = this.format.charCodeAt(this.at) - 48;
      if (digit < 0 || digit > 9) return size;
      if (size !== undefined && size > maxWidth) {
        this.at = this.format.length;
        return undefined;
      }
      size = (size ?? 0) * 10 + digit;
    }
    return size;
  }

  /** The next argument as a width or precision. */
  private argumentSize(): number | undefined {
    if (this.next >= this.args.length) return undefined;
    const argument = this.args[this.next++]!;
    if (typeof argument !== 'bigint') return undefined;
    const size = Number(argument);
    return Math.abs(size) <= maxWidth ? size : undefined;
  }

  private writeExtra(): void {
    const extra = this.args.slice(this.next).map(argument => describeArgument(noFlags(), argument));
    this.write(`%!(EXTRA ${extra.join(', ')})`);
  }

  private write(text: string): void {
    this.reserve(text.length);
    this.text += text;
  }
}

function noFlags(): Directive {
  return {
    sharp: false,
    zero: false,
    plus: false,
    minus: false,
    space: false,
    goSyntax: false,
    bigSign: false,
    width: undefined,
    precision: undefined,
  };
}
