import type { Literal, Module } from '../../../grammar/index.ts';
import type { Position, SourceFile } from '../../base/index.ts';

/** A literal of a body, with its place. */
export interface Condition {
  readonly literal: Literal;
  readonly from: Position;
  readonly to: Position;
  /** Stands in a comprehension, whose conditions choose rather than fail. */
  readonly chooses: boolean;
}

/** Every condition of a module, nested ones behind those that they stand in. */
export function conditionsOf(module: Module, source: SourceFile): readonly Condition[] {
  const conditions: Condition[] = [];
  visit(module.items, false);
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

/** The innermost condition at a place. */
export function conditionAt(
  conditions: readonly Condition[],
  line: number,
  column: number,
): Condition | undefined {
  return conditions.findLast(
    ({ from, to }) => !isBefore({ line, column }, from) && isBefore({ line, column }, to),
  );
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
