import type { Body, Call, Literal, Term, Var } from '../../../grammar/index.ts';

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

/**
 * The names that a body declares with `:=` or `some`, those in `every` included, comprehensions left out; of
 * `some x in xs`, as in OPA, all that is mentioned before the `in`.
 */
export function declaredNames(body: Body): Set<string> {
  const names = new Set<string>();
  addNames(body, names);
  return names;
}

function addNames(body: Body, names: Set<string>): void {
  for (const literal of body.literals) {
    for (const name of declaredBy(literal)) names.add(name);
    if (literal.kind === 'every') addNames(literal.body, names);
  }
}

function declaredBy(literal: Literal): readonly string[] {
  switch (literal.kind) {
    case 'some':
      return literal.names.map(({ name }) => name);
    case 'someIn':
      return [literal.key, literal.value].flatMap(term => (term ? mentionedVariables(term) : []));
    case 'expr':
      return literal.term.kind === 'infix' && literal.term.operator === ':='
        ? patternVariables(literal.term.left).map(({ name }) => name)
        : [];
    default:
      return [];
  }
}

/**
 * The variables in a term, comprehensions and functions left out; `bound` are those that a pattern may
 * bind: not what references start from, nor keys of objects.
 */
export function mentionedVariables(term: Term, which: 'all' | 'bound' = 'all'): string[] {
  const each = (inner: Term): string[] => mentionedVariables(inner, which);
  switch (term.kind) {
    case 'var':
      return [term.name];
    case 'ref':
      return [
        ...(which === 'bound' && term.head.kind === 'var' ? [] : each(term.head)),
        ...term.path.flatMap(part => (part.kind === 'bracket' ? each(part.term) : [])),
      ];
    case 'array':
    case 'set':
      return term.items.flatMap(each);
    case 'object':
      return term.entries.flatMap(({ key, value }) => [
        ...(which === 'bound' ? [] : each(key)),
        ...each(value),
      ]);
    case 'call':
      return term.args.flatMap(each);
    case 'infix':
      return [...each(term.left), ...each(term.right)];
    case 'membership':
      return [...(term.key ? each(term.key) : []), ...each(term.value), ...each(term.collection)];
    default:
      return [];
  }
}

/**
 * The variables that stand in a body and that it does not declare; comprehensions left out, and what
 * modifiers mention, which may be functions.
 */
export function mentionedIn(body: Body): Set<string> {
  const names = new Set(
    body.literals.flatMap(literal => termsOf(literal).flatMap(each => mentionedVariables(each))),
  );
  for (const name of declaredNames(body)) names.delete(name);
  for (const { target, value } of body.literals.flatMap(literal => literal.with))
    for (const name of [target, value].flatMap(term => mentionedVariables(term))) names.delete(name);
  return names;
}

function termsOf(literal: Literal): Term[] {
  switch (literal.kind) {
    case 'some':
      return [];
    case 'someIn':
      return [...(literal.key ? [literal.key] : []), literal.value, literal.collection];
    case 'every':
      return [literal.collection];
    default:
      return [literal.term];
  }
}

/** `set()`, which is a value and no call. */
export function isEmptySet({ function: called, args }: Call): boolean {
  return called.kind === 'var' && called.name === 'set' && args.length === 0;
}
