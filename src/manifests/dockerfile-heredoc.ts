import { firstWord, isSpace } from './dockerfile-space.ts';
import { Unreadable } from './problem.ts';

/** A here-document that an instruction begins. */
export interface Heredoc {
  readonly name: string;
  readonly stripsTabs: boolean;
}

const takers: ReadonlySet<string> = new Set(['run', 'copy', 'add']);
/** Beyond plain variables, what stands in braces may hold blanks and quotes of its own. */
const plainVariable = /\$\{\w+\}/uy;
const redirection = /^\d*<<(-?)[\t ]*([^<]+)$/u;
const plainName = /^(["']?)(\w[\w.-]*)\1$/u;

/**
 * The here-documents of an instruction. Which they are decides which lines are instructions, and builders look
 * for them in ways of their own: throws Unreadable where a line is not plain enough for all to agree.
 */
export function heredocsOf(line: string, offset: number): readonly Heredoc[] {
  if (!line.includes('<<') || !mayHaveHeredoc(line)) return [];
  const found: Heredoc[] = [];
  for (const word of new WordReader(line, offset).words()) {
    const match = redirection.exec(word);
    if (!match) continue;
    const name = plainName.exec(match[2]!)?.[2];
    if (name === undefined) throw doubtful('the name of a here-document is not plain', offset);
    found.push({ name, stripsTabs: match[1] === '-' });
  }
  return found;
}

function mayHaveHeredoc(line: string): boolean {
  const outer = firstWord(line);
  const command = outer?.word.toLowerCase() === 'onbuild' ? firstWord(outer.rest) : outer;
  if (command === undefined) return false;
  return command.word.startsWith('-') || (takers.has(command.word.toLowerCase()) && !isList(command.rest));
}

/** The form `["program", "argument"]` holds no here-document. */
function isList(rest: string): boolean {
  if (!rest.startsWith('[')) return false;
  try {
    return Array.isArray(JSON.parse(rest));
  } catch {
    return false;
  }
}

function doubtful(message: string, offset: number): Unreadable {
  const hint = "begin a here-document as <<EOF or <<'EOF', and close every quotation mark in its line";
  return new Unreadable(`${message}: builders differ in where it ends`, offset, 'manifest_error', hint);
}

/** Words as a shell splits them, quotation marks and escapes kept. A backslash escapes, whatever the directive says. */
class WordReader {
  private readonly text: string;
  private readonly offset: number;
  private readonly found: string[] = [];
  private word = '';
  private at = 0;

  constructor(text: string, offset: number) {
    this.text = text;
    this.offset = offset;
  }

  words(): readonly string[] {
    while (this.at < this.text.length) this.next();
    this.end();
    return this.found;
  }

  private next(): void {
    const character = this.text[this.at]!;
    if (character === '"' || character === "'") this.quoted(character);
    else if (this.text.startsWith('<<', this.at)) this.redirection();
    else if (isSpace(character)) {
      this.at++;
      this.end();
    } else this.take(this.widthAt(character));
  }

  private quoted(quote: string): void {
    this.take(1);
    while (this.text[this.at] !== quote) {
      if (this.at >= this.text.length)
        throw doubtful('a quotation mark is left open beside "<<"', this.offset);
      this.take(quote === '"' ? this.widthAt(this.text[this.at]!) : 1);
    }
    this.take(1);
  }

  /** Blanks may stand between `<<` and the name. */
  private redirection(): void {
    this.take(2);
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.take(1);
    if (this.at < this.text.length && isSpace(this.text[this.at]!))
      throw doubtful('white space that is no blank follows "<<"', this.offset);
  }

  /** Characters that stand together: an escape and what it escapes, a variable in braces. */
  private widthAt(character: string): number {
    if (character === '\\') {
      if (this.at + 1 === this.text.length)
        throw doubtful('a line with "<<" ends in a backslash', this.offset);
      return 2;
    }
    if (character !== '$' || this.text[this.at + 1] !== '{') return 1;
    plainVariable.lastIndex = this.at;
    if (!plainVariable.test(this.text))
      throw doubtful('a variable with an operator stands beside "<<"', this.offset);
    return plainVariable.lastIndex - this.at;
  }

  private take(width: number): void {
    this.word += this.text.slice(this.at, this.at + width);
    this.at += width;
  }

  private end(): void {
    if (this.word !== '') this.found.push(this.word);
    this.word = '';
  }
}
