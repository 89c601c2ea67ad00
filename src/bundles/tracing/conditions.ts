import type { Body, Literal, Module } from '../../../grammar/index.ts';
import type { Position, SourceFile } from '../../base/index.ts';
import type { TraceEvent } from '../../evaluate/index.ts';

/** A literal of a body, with its place. */
export interface Condition {
  readonly literal: Literal;
  readonly from: Position;
  readonly to: Position;
  /** Stands in a comprehension, whose conditions choose rather than fail. */
  readonly chooses: boolean;
}

/** Every condition of a module or query, nested ones behind those that they stand in. */
export function conditionsOf(syntax: Module | Body, source: SourceFile): readonly Condition[] {
  const conditions: Condition[] = [];
  visit(syntax.kind === 'module' ? syntax.items : syntax, false);
  return conditions;

  function visit(node: unknown, chooses: boolean): void {
    if (node === null || typeof node !== 'object') return;
    if (isBody(node)) {
      for (const literal of node.literals) {
        const [from, to] = [literal.span.start, literal.span.end].map(offset => source.position(offset));
        conditions.push({ literal, from: from!, to: to!, chooses });
        visit(Object.values(literal), chooses);
      }
      return;
    }
    const inside = chooses || isComprehension(node);
    for (const child of Object.values(node)) visit(child, inside);
  }
}

/** A text with its syntax tree. */
export interface ParsedSource {
  readonly source: SourceFile;
  readonly syntax: Module | Body;
}

/** A condition in its text. */
export interface PlacedCondition {
  readonly source: SourceFile;
  readonly condition: Condition;
}

/** The conditions that events are about. Looks into a text when it is first asked about it. */
export class Conditions {
  private readonly sources: ReadonlyMap<string, ParsedSource>;
  private readonly known = new Map<string, readonly Condition[]>();

  constructor(sources: readonly ParsedSource[]) {
    this.sources = new Map(sources.map(each => [each.source.path, each]));
  }

  /** The innermost condition at the place of an event; undefined where it is in none, such as in a head. */
  at({ file, line = 0, column = 0 }: TraceEvent): PlacedCondition | undefined {
    const parsed = file === undefined ? undefined : this.sources.get(file);
    if (parsed === undefined) return undefined;
    const { source, syntax } = parsed;
    const conditions = this.known.get(source.path) ?? conditionsOf(syntax, source);
    this.known.set(source.path, conditions);
    const at = { line, column };
    const condition = conditions.findLast(({ from, to }) => !isBefore(at, from) && isBefore(at, to));
    return condition && { source, condition };
  }
}

/** Whether one condition stands in another, or is it. */
export function isWithin(inner: Condition, outer: Condition): boolean {
  const [a, b] = [inner.literal.span, outer.literal.span];
  return a.start >= b.start && a.end <= b.end;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line === b.line ? a.column < b.column : a.line < b.line;
}

function isBody(node: object): node is { readonly literals: readonly Literal[] } {
  return 'kind' in node && node.kind === 'body';
}

function isComprehension(node: object): boolean {
  return 'kind' in node && typeof node.kind === 'string' && node.kind.endsWith('Comprehension');
}
