import { BuiltinError } from './builtin.ts';
import { parseConstant } from './template-constants.ts';
import type { Branch, Command, Operand, Pipeline, Template, TemplateNode } from './template-nodes.ts';
import { type Piece, scanTemplate, type Token } from './template-tokens.ts';

const functions: ReadonlySet<string> = new Set(
  'and or not len index slice print printf println html js urlquery eq ne lt le gt ge call'.split(' '),
);

/** Branches inside one another. */
const maxDepth = 200;

/** Reads a template in the language of Go's `text/template`. Throws BuiltinError where it is none. */
export function parseTemplate(text: string): Template {
  return new Parser(scanTemplate(text)).parse();
}

class Parser {
  private readonly pieces: readonly Piece[];
  private readonly named = new Map<string, readonly TemplateNode[]>();
  private at = 0;
  private tokens: readonly Token[] = [];
  private next = 0;
  private variables: string[] = ['$'];
  private loops = 0;
  private depth = 0;

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }

  parse(): Template {
    const main = this.nodes(true);
    if (this.at <= this.pieces.length && this.peek() !== undefined) throw unexpected(this.peek());
    return { main, named: this.named };
  }

  /** Up to an `{{end}}` or `{{else}}`, which is left to be read, or the end of the template. */
  private nodes(outermost: boolean): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++]!;
      if (piece.kind === 'text') {
        if (piece.text !== '') nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      this.tokens = piece.tokens;
      this.next = 0;
      const word = this.peek()?.kind === 'word' ? this.peek()!.text : '';
      if (word === 'end' || word === 'else') return nodes;
      if (word === 'define' && outermost) this.define();
      else nodes.push(this.action(word));
    }
    if (!outermost) throw new BuiltinError('template: unexpected end of template');
    this.tokens = [];
    this.next = 0;
    return nodes;
  }

  private action(word: string): TemplateNode {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        this.next++;
        return this.branch(word);
      case 'break':
      case 'continue':
        this.next++;
        this.close();
        if (this.loops === 0) throw new BuiltinError(`template: {{${word}}} outside {{range}}`);
        return { kind: word };
      case 'template':
        return this.invocation();
      case 'block':
        return this.block();
      default: {
        const pipeline = this.pipeline(false);
        this.close();
        return { kind: 'action', pipeline };
      }
    }
  }

  /** The pipeline, the body, what stands after `{{else}}`; `{{else if}}` needs no second `{{end}}`. */
  private branch(kind: Branch['kind']): Branch {
    if (++this.depth > maxDepth) throw new BuiltinError('template: too many branches inside one another');
    const known = this.variables.length;
    const pipeline = this.pipeline(kind === 'range');
    this.close();
    if (kind === 'range') this.loops++;
    const body = this.nodes(false);
    if (kind === 'range') this.loops--;
    let otherwise: TemplateNode[] = [];
    if (this.take('else')) {
      const again = this.peek()?.text;
      if ((again === 'if' && kind === 'if') || (again === 'with' && kind === 'with')) {
        this.next++;
        otherwise = [this.branch(again)];
        this.variables.length = known;
        this.depth--;
        return { kind, pipeline, body, otherwise };
      }
      this.close();
      otherwise = this.nodes(false);
    }
    this.end();
    this.variables.length = known;
    this.depth--;
    return { kind, pipeline, body, otherwise };
  }

  private define(): void {
    this.next++;
    const name = this.name();
    this.close();
    this.named.set(name, this.separate());
  }

  private block(): TemplateNode {
    this.next++;
    const name = this.name();
    const pipeline = this.pipeline(false);
    this.close();
    this.named.set(name, this.separate());
    return { kind: 'template', name, pipeline };
  }

  /** The body of another template: it sees no variable of this one. */
  private separate(): readonly TemplateNode[] {
    const { variables, loops } = this;
    this.variables = ['$'];
    this.loops = 0;
    const body = this.nodes(false);
    this.end();
    this.variables = variables;
    this.loops = loops;
    return body;
  }

  private invocation(): TemplateNode {
    this.next++;
    const name = this.name();
    const pipeline = this.peek() === undefined ? undefined : this.pipeline(false);
    this.close();
    return { kind: 'template', name, pipeline };
  }

  private name(): string {
    const token = this.tokens[this.next++];
    const name = token?.kind === 'string' ? parseConstant(token) : undefined;
    if (typeof name !== 'string') throw unexpected(token);
    return name;
  }

  private pipeline(ofRange: boolean): Pipeline {
    const { variables, assigns } = this.assignment(ofRange);
    const commands: Command[] = [this.command()];
    while (this.take('|')) {
      const command = this.command();
      if (command[0]!.kind === 'constant') {
        throw new BuiltinError('template: non executable command in pipeline');
      }
      commands.push(command);
    }
    // Declared after it is read: a variable may be made of an earlier one of its name.
    if (!assigns) this.variables.push(...variables);
    return { variables, assigns, commands };
  }

  private assignment(ofRange: boolean): { variables: string[]; assigns: boolean } {
    const start = this.next;
    const variables: string[] = [];
    while (this.peek()?.kind === 'variable') {
      variables.push(this.tokens[this.next++]!.text);
      if (this.take(':=')) return { variables, assigns: false };
      if (this.take('=')) {
        for (const name of variables) this.checkVariable(name);
        return { variables, assigns: true };
      }
      if (!ofRange || variables.length > 1 || !this.take(',')) break;
    }
    this.next = start;
    return { variables: [], assigns: false };
  }

  private command(): Command {
    const operands: Operand[] = [];
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (token.kind === 'mark' && token.text !== '.' && token.text !== '(') break;
      if (operands.length > 0 && !token.spaced) throw unexpected(token);
      operands.push(this.operand());
    }
    const first = operands[0];
    if (first === undefined) throw new BuiltinError('template: missing value for command');
    if (first.kind === 'constant' && first.value === null) {
      throw new BuiltinError('template: nil is not a command');
    }
    return operands;
  }

  private operand(): Operand {
    const token = this.tokens[this.next++]!;
    switch (token.kind) {
      case 'field':
        return { kind: 'dot', fields: [token.text.slice(1), ...this.fields()] };
      case 'variable':
        this.checkVariable(token.text);
        return { kind: 'variable', name: token.text, fields: this.fields() };
      case 'mark':
        return token.text === '(' ? this.parenthesised() : { kind: 'dot', fields: [] };
      case 'word':
        if (functions.has(token.text)) return { kind: 'function', name: token.text };
    }
    const value = parseConstant(token);
    if (value === undefined) throw new BuiltinError(`template: function ${token.text} not defined`);
    return { kind: 'constant', value };
  }

  private parenthesised(): Operand {
    if (++this.depth > maxDepth) throw new BuiltinError('template: too many parentheses');
    const pipeline = this.pipeline(false);
    if (!this.take(')')) throw unexpected(this.peek());
    this.depth--;
    return { kind: 'pipeline', pipeline, fields: this.fields() };
  }

  /** The fields written to what was just read: `.a.b` of `$x.a.b`. */
  private fields(): string[] {
    const fields: string[] = [];
    for (let token = this.peek(); token?.kind === 'field' && !token.spaced; token = this.peek()) {
      fields.push(token.text.slice(1));
      this.next++;
    }
    return fields;
  }

  private checkVariable(name: string): void {
    if (!this.variables.includes(name)) throw new BuiltinError(`template: undefined variable ${name}`);
  }

  private peek(): Token | undefined {
    return this.tokens[this.next];
  }

  private take(text: string): boolean {
    const token = this.peek();
    const found = token !== undefined && token.text === text && token.kind !== 'string';
    if (found) this.next++;
    return found;
  }

  private end(): void {
    if (!this.take('end')) throw unexpected(this.peek());
    this.close();
  }

  /** Nothing may be left in the action. */
  private close(): void {
    if (this.peek() !== undefined) throw unexpected(this.peek());
  }
}

function unexpected(token: Token | undefined): BuiltinError {
  return new BuiltinError(`template: unexpected ${token === undefined ? 'end of action' : token.text}`);
}
