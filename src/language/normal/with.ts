import type { With } from '../../../grammar/index.ts';
import type { BuiltinDeclaration } from '../../builtins/declaration.ts';
import { any } from '../../builtins/types.ts';
import { callTarget, functionNamed, globalPath, namesOf } from './names.ts';
import type { Goal, WithModifier, WithTarget } from './normal.ts';
import type { Scope } from './scope.ts';
import { stages } from './stages.ts';
import { resultOf } from './terms.ts';

/**
 * The modifiers of a literal; what must be evaluated for their values is pushed onto `goals`. Where the
 * literal `assigns`, no variable hides what they replace.
 */
export function withModifiers(
  scope: Scope,
  modifiers: readonly With[],
  goals: Goal[],
  assigns: boolean,
): WithModifier[] {
  const result: WithModifier[] = [];
  for (const modifier of modifiers) {
    const target = targetOf(scope, modifier, assigns);
    const value = functionNamed(scope, modifier.value) ?? resultOf(scope, modifier.value, goals);
    if (target) result.push({ span: modifier.span, target, value });
  }
  return result;
}

function targetOf(scope: Scope, { target }: With, assigns: boolean): WithTarget | undefined {
  const names = namesOf(target);
  const { span } = target;
  const path = names && (assigns || isGlobal(scope, names[0]!)) ? globalPath(scope, names[0]!) : undefined;
  if (names && path) {
    const [root, ...rest] = [...path, ...names.slice(1)];
    return { kind: root === 'input' ? 'input' : 'data', path: rest, span };
  }
  const builtin = names && callTarget(scope, target);
  if (builtin?.kind === 'builtin')
    return { kind: 'builtin', name: builtin.name, declaration: builtin.declaration, span };
  if (scope.environment.options.ignoreUnknownBuiltins && names && !builtin && !scope.isDeclared(names[0]!)) {
    const name = names.join('.');
    return { kind: 'builtin', name, declaration: unknownBuiltin(name), span };
  }
  scope.environment.report(stages.modifiers, {
    code: 'rego_type_error',
    span,
    message: 'with replaces input, data, a path below one of them, or a known function',
    hint: names && `"${names[0]}" is none of them`,
  });
  return undefined;
}

/** A function of which nothing is known, not even how many arguments it takes. */
function unknownBuiltin(name: string): BuiltinDeclaration {
  return {
    name,
    args: [],
    variadic: any,
    result: { name: 'output', type: any },
    description: 'Not known here.',
  };
}

/** `input` is meant even where a local has that name. */
function isGlobal(scope: Scope, name: string): boolean {
  return name === 'input' || !scope.isDeclared(name);
}
