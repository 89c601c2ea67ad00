import type { Ref, Span, Var } from '../../../grammar/index.ts';
import { closest } from '../../base/index.ts';
import { declarations } from '../../builtins/declarations.ts';
import { namesOf } from './names.ts';
import type { CallTarget } from './normal.ts';
import type { Scope } from './scope.ts';
import { type Stage, stages } from './stages.ts';

/** Reports a call of what is no function, as a problem of the kind `stage`. */
export function unknownFunction(
  scope: Scope,
  term: Var | Ref,
  target: CallTarget | undefined,
  at: Span,
  stage: Stage,
): void {
  const names = namesOf(term)?.join('.') ?? 'this';
  const name = target?.kind === 'function' ? ['data', ...target.path].join('.') : names;
  scope.environment.report(stage, {
    code: 'rego_type_error',
    span: { start: at.start, end: Math.max(term.span.end, at.start) },
    message: `undefined function ${name}`,
    hint: target?.kind === 'function' ? functionHint(scope, target.path) : builtinHint(scope, names),
  });
}

function functionHint(scope: Scope, path: readonly string[]): string | undefined {
  const { rules } = scope.environment;
  if (rules.hasRule(path)) return `${path.at(-1)} is a rule without arguments: refer to it without "(…)"`;
  const name = path.at(-1);
  const near = name === undefined ? undefined : closest(name, rules.functionsIn(path.slice(0, -1)));
  return near && `did you mean ${near}?`;
}

/** A function of the package or a built-in one with nearly this name, or one that ends in it. */
function builtinHint(scope: Scope, name: string): string | undefined {
  const { module, rules } = scope.environment;
  const allowed = scope.environment.options.capabilities;
  if (allowed && declarations.has(name)) return 'the capabilities that modules are checked with leave it out';
  const names = [...declarations.keys()].filter(
    each => !each.startsWith('internal.') && (!allowed || allowed.has(each)),
  );
  const near =
    closest(name, [...rules.functionsIn(module.package.path), ...names]) ??
    names.find(each => each.split('.').at(-1) === name.split('.').at(-1));
  return near && `did you mean ${near}?`;
}

/** The number of arguments of a function, or undefined where any number will do; reports a call with others. */
export function checkArity(
  scope: Scope,
  target: CallTarget,
  found: number,
  { at, nested }: { readonly at: Span; readonly nested: boolean },
): number | undefined {
  const arity = arityOf(scope, target);
  if (arity === undefined || found === arity || (!nested && found === arity + 1)) return arity;
  const name = target.kind === 'builtin' ? target.name : `data.${target.path.join('.')}`;
  scope.environment.report(stages.functions, {
    code: 'rego_type_error',
    span: at,
    message: `${name} takes ${arity} argument${arity === 1 ? '' : 's'}, found ${found}`,
    hint: signature(target),
  });
  return arity;
}

function arityOf(scope: Scope, target: CallTarget): number | undefined {
  if (target.kind === 'function') return scope.environment.rules.arityOf(target.path);
  return target.declaration.variadic ? undefined : target.declaration.args.length;
}

function signature(target: CallTarget): string | undefined {
  if (target.kind !== 'builtin') return undefined;
  const { name, args } = target.declaration;
  return `write ${name}(${args.map(argument => argument.name).join(', ')})`;
}
