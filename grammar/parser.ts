import { EOF, type IToken } from 'chevrotain';
import type * as a from './ast.ts';
import type { BaseParser } from './base-parser.ts';
import { strayToken } from './explain.ts';
import { StatementsParser } from './statements-parser.ts';
import * as t from './tokens.ts';

/** What a module holds, in the order of its text. */
export interface ModuleParts {
  package: a.Package | undefined;
  readonly imports: a.Import[];
  readonly items: (a.Rule | a.Statement)[];
}

type Item = a.Import | a.Rule | a.Statement;

function keep(parts: ModuleParts, items: readonly Item[]): void {
  for (const item of items) {
    if (item.kind === 'import') parts.imports.push(item);
    else parts.items.push(item);
  }
}

/** The whole grammar, and what it starts from: a module, a query, a term. */
export class RegoParser extends StatementsParser {
  private itemColumn = 0;

  constructor(options: ConstructorParameters<typeof BaseParser>[0] = { skipValidations: true }) {
    super(options);
    this.performSelfAnalysis();
  }

  /** module = packageLine { item } */
  readonly module = this.RULE('module', (): ModuleParts => {
    const parts: ModuleParts = { package: undefined, imports: [], items: [] };
    this.ACTION(() => this.keywordAsName());
    this.OPTION(() => {
      parts.package = this.recovering(() => this.SUBRULE(this.packageLine), this.nextItem);
    });
    this.ACTION(() => this.requirePackage(parts));
    do {
      this.MANY(() => {
        const items = this.recovering(() => this.SUBRULE(this.item), this.nextItem);
        this.ACTION(() => keep(parts, items ?? []));
      });
    } while (this.passOver());
    return parts;
  });

  /** item = importLine | secondPackage | defaultRule | statement | rule | parenthesisedRule */
  readonly item = this.RULE('item', (): readonly Item[] => {
    this.ACTION(() => this.beginItem());
    return this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => [this.SUBRULE(this.importLine)] },
        { ALT: () => this.SUBRULE(this.secondPackage) },
        { ALT: () => [this.SUBRULE(this.defaultRule)] },
        { GATE: () => this.startsStatement(), ALT: () => this.SUBRULE(this.statement) },
        { ALT: () => this.SUBRULE(this.rule) },
        { ALT: () => [this.SUBRULE(this.parenthesisedRule)] },
      ],
    });
  });

  /** secondPackage = packageLine — never right */
  readonly secondPackage = this.RULE('secondPackage', (): readonly Item[] => {
    const { span } = this.SUBRULE(this.packageLine);
    this.ACTION(() => this.problem(span, 'a module has one package, at its start'));
    return [];
  });

  /** query = body */
  readonly query = this.RULE('query', (): a.Body => this.SUBRULE(this.body));

  /** value = expression — alone in its text */
  readonly value = this.RULE('value', (): a.Term => this.SUBRULE(this.expression));

  /** Notes where an item begins, for those who look for the next one. */
  private beginItem(): void {
    this.keywordAsName();
    this.itemColumn = this.columnOf(this.LA(1));
  }

  private requirePackage(parts: ModuleParts): void {
    if (parts.package !== undefined || this.errors.length > 0) return;
    const first = this.LA(1);
    const span = first.tokenType === EOF ? { start: 0, end: 0 } : this.spanOf(first);
    this.problem(span, 'a module begins with its package', 'write `package name` above');
  }

  /** False at the end. Otherwise reports the token at hand, which no item begins with, and passes to one that does. */
  private passOver(): boolean {
    const token = this.LA(1);
    if (token.tokenType === EOF) return false;
    if (this.keywordAsName()) return true;
    this.beginItem();
    this.report(strayToken(token, this.LA(2), this.LA(0), this.scene()));
    const target = this.nextItem(token.startOffset);
    this.skipTo(target);
    return true;
  }

  /** Where the item after a broken one begins: a word that starts a line and is not indented further. */
  private readonly nextItem = (start: number): number => {
    const stopped = this.here();
    if (stopped < 0) return Number.POSITIVE_INFINITY;
    for (let index = this.indexAt(Math.max(stopped, start + 1)); index < this.input.length; index++) {
      const token = this.input[index]!;
      if (token.startOffset >= 0 && this.startsLine(index) && this.startsItem(token))
        return token.startOffset;
    }
    return Number.POSITIVE_INFINITY;
  };

  protected override startsItem(token: IToken): boolean {
    const type = token.tokenType;
    if (type !== t.Identifier && (type === t.Else || !t.keywordSet.has(type))) return false;
    return this.columnOf(token) <= this.itemColumn;
  }
}
