import type { Body, Literal, Term, Var } from '../../../grammar/index.ts';

/** The variables that a pattern binds: keys of objects are read, not bound. */
export function patternVariables(term: Term): Var[] {
  switch (term.kind) {
    case 'var':
      return [term];
    case 'array':
      return term.items.flatMap(patternVariables);
    case 'object':
      return term.entries.flatMap(entry => patternVariables(entry.value));
    default:
      return [];
  }
}

/** The names that a body declares with `:=` or `some`, those in `every` included, comprehensions left out. */
export function declaredNames(body: Body): Set<string> {
  const names = new Set<string>();
  addNames(body, names);
  return names;
}

function addNames(body: Body, names: Set<string>): void {
  for (const literal of body.literals) {
    for (const { name } of declaredBy(literal)) names.add(name);
    if (literal.kind === 'every') addNames(literal.body, names);
  }
}

function declaredBy(literal: Literal): readonly Var[] {
  switch (literal.kind) {
    case 'some':
      return literal.names;
    case 'someIn':
      return [...(literal.key ? patternVariables(literal.key) : []), ...patternVariables(literal.value)];
    case 'expr':
      return literal.term.kind === 'infix' && literal.term.operator === ':='
        ? patternVariables(literal.term.left)
        : [];
    default:
      return [];
  }
}
