import type { Span } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';
import type { BuiltinDeclaration } from '../../builtins/declaration.ts';
import type { Value } from '../../values/index.ts';

/**
 * The normal form: what the checks and the planner work on. Names are resolved, every call stands
 * alone, and each piece carries the span of what the author wrote. The syntax tree stays untouched.
 */

/** A variable of one rule or query; the same everywhere in it, nested bodies included. */
export interface Local {
  readonly id: number;
  /** As the author wrote it; `_` for a wildcard. */
  readonly name: string;
  readonly span: Span;
  /** Made by us: never named in a message. */
  readonly generated: boolean;
}

export type Operand =
  | ConstOperand
  | LocalOperand
  | RefOperand
  | ArrayOperand
  | ObjectOperand
  | SetOperand
  | ComprehensionOperand
  | TemplateOperand;

export interface ConstOperand {
  readonly kind: 'const';
  readonly span: Span;
  readonly value: Value;
}

export interface LocalOperand {
  readonly kind: 'local';
  readonly span: Span;
  readonly local: Local;
}

/** `input`, `data` or a local, and what is looked up below it; `input` alone has an empty path. */
export interface RefOperand {
  readonly kind: 'ref';
  readonly span: Span;
  readonly head: { readonly kind: 'input' } | { readonly kind: 'data' } | LocalOperand;
  readonly path: readonly Operand[];
}

export interface ArrayOperand {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly Operand[];
}

export interface ObjectOperand {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly { readonly key: Operand; readonly value: Operand }[];
}

export interface SetOperand {
  readonly kind: 'set';
  readonly span: Span;
  readonly items: readonly Operand[];
}

export interface ComprehensionOperand {
  readonly kind: 'comprehension';
  readonly span: Span;
  readonly makes: 'array' | 'set' | 'object';
  readonly key?: Operand;
  readonly value: Operand;
  readonly body: NormalBody;
}

/** Each expression of a template is a body that gives at most one value: an undefined one is printed so. */
export interface TemplateOperand {
  readonly kind: 'template';
  readonly span: Span;
  readonly parts: readonly (string | TemplateExpression)[];
}

export interface TemplateExpression {
  readonly value: Operand;
  readonly body: NormalBody;
}

/** Conditions that must all hold; `check/safety.ts` puts them in order. */
export interface NormalBody {
  readonly goals: readonly Goal[];
}

interface GoalBase {
  readonly span: Span;
  readonly negated: boolean;
  readonly with: readonly WithModifier[];
  /** Stands for a part of a larger expression. */
  readonly generated: boolean;
}

export type Goal = UnifyGoal | CallGoal | TermGoal | EveryGoal;

export interface UnifyGoal extends GoalBase {
  readonly kind: 'unify';
  readonly left: Operand;
  readonly right: Operand;
  /** `:=` only ever binds its left side; `==` binds nothing. */
  readonly operator: ':=' | '=' | '==';
}

export interface CallGoal extends GoalBase {
  readonly kind: 'call';
  readonly target: CallTarget;
  readonly args: readonly Operand[];
  /** What the answer is unified with; without it the answer must not be false. */
  readonly output?: Operand;
}

export interface TermGoal extends GoalBase {
  readonly kind: 'term';
  readonly operand: Operand;
}

export interface EveryGoal extends GoalBase {
  readonly kind: 'every';
  readonly key?: Local;
  readonly value: Local;
  readonly domain: Operand;
  readonly body: NormalBody;
}

export type CallTarget =
  | {
      readonly kind: 'builtin';
      readonly name: string;
      readonly declaration: BuiltinDeclaration;
      readonly span: Span;
    }
  | { readonly kind: 'function'; readonly path: readonly string[]; readonly span: Span };

export interface WithModifier {
  readonly span: Span;
  readonly target: WithTarget;
  readonly value: Operand | CallTarget;
}

export type WithTarget =
  | { readonly kind: 'input' | 'data'; readonly path: readonly string[]; readonly span: Span }
  | {
      readonly kind: 'builtin';
      readonly name: string;
      readonly declaration: BuiltinDeclaration;
      readonly span: Span;
    };

/** One rule in normal form; an `else` is a further branch of the same rule. */
export interface NormalRule {
  readonly source: SourceFile;
  readonly span: Span;
  /** Package and the leading constant strings of the head: the place in the tree of rules. */
  readonly path: readonly string[];
  /** What follows it in the head: `[x].r` of `p.q[x].r`. */
  readonly dynamicPath: readonly Operand[];
  readonly headSpan: Span;
  readonly kind: RuleKind;
  readonly default: boolean;
  readonly args?: readonly Operand[];
  readonly branches: readonly Branch[];
  readonly locals: readonly Local[];
}

/** `partialSet` where the head has `contains`; a complete rule with a dynamic path makes objects. */
export type RuleKind = 'complete' | 'partialSet' | 'function';

export interface Branch {
  readonly span: Span;
  readonly key?: Operand;
  readonly value: Operand;
  readonly body: NormalBody;
}
