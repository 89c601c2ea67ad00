import type { Body, Literal, Ref, RefPart, Term } from '../../../grammar/index.ts';

/**
 * The paths into `data` and `input` that must exist for a body to hold: of each reference in it the part
 * before the first variable. Those below `not` or inside a nested body need not exist; one that stands alone
 * (it asks whether something is so) counts only where `alone` is true.
 */
export function groundReferences(body: Body, { alone }: { readonly alone: boolean }): readonly Ref[] {
  const found = new Map<string, Ref>();
  for (const literal of body.literals) {
    if (literal.with.length > 0) continue;
    if (!alone && literal.kind === 'expr' && literal.term.kind === 'ref') continue;
    for (const term of termsOf(literal)) collect(term, found);
  }
  return [...found.values()];
}

/** Whether a literal speaks of nothing but `image` and constants. */
export function isAboutImageOnly(literal: Literal): boolean {
  if (literal.with.length > 0 || (literal.kind !== 'expr' && literal.kind !== 'not')) return false;
  return onlyImage(literal.term);
}

function termsOf(literal: Literal): readonly Term[] {
  switch (literal.kind) {
    case 'expr':
      return [literal.term];
    case 'someIn':
    case 'every':
      return [literal.collection];
    default:
      return [];
  }
}

function collect(term: Term, found: Map<string, Ref>): void {
  switch (term.kind) {
    case 'ref': {
      const ground = groundPart(term);
      if (ground !== undefined) found.set(ground.key, ground.ref);
      for (const part of term.path) if (part.kind === 'bracket') collect(part.term, found);
      return;
    }
    case 'call':
      for (const argument of term.args) collect(argument, found);
      return;
    case 'infix':
      collect(term.left, found);
      collect(term.right, found);
      return;
    case 'membership':
      if (term.key !== undefined) collect(term.key, found);
      collect(term.value, found);
      collect(term.collection, found);
      return;
    case 'array':
    case 'set':
      for (const item of term.items) collect(item, found);
      return;
    default:
      return;
  }
}

function groundPart(ref: Ref): { readonly key: string; readonly ref: Ref } | undefined {
  if (ref.head.kind !== 'var' || (ref.head.name !== 'data' && ref.head.name !== 'input')) return undefined;
  const firstOpen = ref.path.findIndex(part => keyOf(part) === undefined);
  const path = firstOpen === -1 ? ref.path : ref.path.slice(0, firstOpen);
  if (path.length === 0) return undefined;
  const span = { start: ref.span.start, end: path.at(-1)!.span.end };
  return { key: JSON.stringify([ref.head.name, ...path.map(keyOf)]), ref: { ...ref, span, path } };
}

function keyOf(part: RefPart): string | undefined {
  if (part.kind === 'dot') return part.name;
  return part.term.kind === 'string' ? part.term.value : undefined;
}

function onlyImage(term: Term): boolean {
  switch (term.kind) {
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return true;
    case 'var':
      return term.name === 'image';
    case 'ref':
      return onlyImage(term.head) && term.path.every(part => part.kind === 'dot' || onlyImage(part.term));
    case 'call':
      return term.args.every(onlyImage);
    case 'infix':
      return term.operator !== ':=' && onlyImage(term.left) && onlyImage(term.right);
    case 'membership':
      return onlyImage(term.value) && onlyImage(term.collection) && (!term.key || onlyImage(term.key));
    case 'array':
    case 'set':
      return term.items.every(onlyImage);
    default:
      return false;
  }
}
