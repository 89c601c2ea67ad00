import type { Literal, Term } from '../../../grammar/index.ts';

/** Whether a literal speaks of nothing but `image` and constants. */
export function isAboutImageOnly(literal: Literal): boolean {
  if (literal.with.length > 0 || (literal.kind !== 'expr' && literal.kind !== 'not')) return false;
  return onlyImage(literal.term);
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
