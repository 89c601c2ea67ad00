import type { Body, ExprLiteral, Literal, Var } from '../../../grammar/index.ts';

/** No text can hold a name that begins so. */
const PREFIX = '$expression';

/** The variable that holds what an expression of a query is. */
export function capturedName(index: number): string {
  return `${PREFIX}${index}`;
}

export function isCaptured(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * The query with what each expression is in a variable. One expression by itself may be false: that is an
 * answer. Among others, or where it looks for several answers, it must hold, as under `opa eval`.
 * Calls are left as they are without `calls`: one may name the variable for its output itself.
 */
export function captured(body: Body, options: { readonly calls: boolean }): Body {
  const mustHold = body.literals.length > 1 || body.literals.some(searches);
  const literals = body.literals.flatMap((literal, index): Literal[] => {
    if (!hasValue(literal) || (!options.calls && literal.term.kind === 'call')) return [literal];
    const { span } = literal;
    const name: Var = { kind: 'var', span, name: capturedName(index) };
    const capture: ExprLiteral = {
      ...literal,
      term: { kind: 'infix', span, operator: '=', operatorSpan: span, left: name, right: literal.term },
    };
    const check: ExprLiteral = { kind: 'expr', span, with: [], term: name };
    return mustHold ? [capture, check] : [capture];
  });
  return { ...body, literals };
}

/** Whether a literal is an expression with a value of its own, not a binding of variables. */
function hasValue(literal: Literal): literal is ExprLiteral {
  if (literal.kind !== 'expr') return false;
  const { term } = literal;
  if (term.kind === 'infix') return term.operator !== '=' && term.operator !== ':=';
  return !(term.kind === 'call' && term.function.kind === 'var' && term.function.name === 'print');
}

/** Whether a literal may hold in several ways. */
function searches(literal: Literal): boolean {
  if (literal.kind !== 'expr' && literal.kind !== 'not') return literal.kind === 'someIn';
  return hasVariableKey(literal.term);
}

function hasVariableKey(node: object): boolean {
  if ('kind' in node && node.kind === 'bracket' && 'term' in node && isVariable(node.term)) return true;
  return Object.values(node).some(
    child => child !== null && typeof child === 'object' && hasVariableKey(child),
  );
}

function isVariable(term: unknown): boolean {
  return term !== null && typeof term === 'object' && 'kind' in term && term.kind === 'var';
}
