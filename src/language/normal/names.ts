import type { Ref, RefPart, Span, Term, Var } from '../../../grammar/index.ts';
import type { BuiltinDeclaration } from '../../builtins/declaration.ts';
import { declarations } from '../../builtins/declarations.ts';
import { metadataDeclarations } from './metadata.ts';
import type { CallTarget, RefOperand } from './normal.ts';
import type { Scope } from './scope.ts';

/** A global name as the path it stands for, or undefined where it is a variable. */
export function globalPath(scope: Scope, name: string): readonly string[] | undefined {
  const { environment } = scope;
  const imported = environment.imports.get(name);
  if (imported) {
    environment.usedImports.add(imported.import);
    return imported.path;
  }
  if (environment.ruleNames.has(name)) return ['data', ...environment.module.package.path, name];
  return name === 'input' || name === 'data' ? [name] : undefined;
}

/** A reference to a global path. */
export function globalRef(path: readonly string[], span: Span): RefOperand {
  return {
    kind: 'ref',
    span,
    head: { kind: path[0] === 'input' ? 'input' : 'data' },
    path: path.slice(1).map(name => ({ kind: 'const', span, value: name })),
  };
}

/** The names of a variable or of a reference that is names only. */
export function namesOf(term: Var | Ref): string[] | undefined {
  if (term.kind === 'var') return [term.name];
  if (term.head.kind !== 'var') return undefined;
  const names = [term.head.name];
  for (const part of term.path) {
    const name = nameOf(part);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

function nameOf(part: RefPart): string | undefined {
  if (part.kind === 'dot') return part.name;
  return part.term.kind === 'string' ? part.term.value : undefined;
}

/** A built-in function that modules may call here. */
function builtinNamed(scope: Scope, name: string): BuiltinDeclaration | undefined {
  const { capabilities, foreign } = scope.environment.options;
  if (capabilities && !capabilities.has(name)) return undefined;
  return declarations.get(name) ?? metadataDeclarations.get(name) ?? foreign?.get(name);
}

/** Whether names are those of a function of ours, which no variable hides: nothing can be called through one. */
export function isHostFunction(names: readonly string[]): boolean {
  return declarations.get(names.join('.'))?.host === true;
}

/** What a function name means here: a rule of some package, a built-in function, or nothing. */
export function callTarget(scope: Scope, term: Var | Ref): CallTarget | undefined {
  const names = namesOf(term);
  if (!names || (scope.isDeclared(names[0]!) && !isHostFunction(names))) return undefined;
  const [first, ...rest] = names;
  const global = scope.isExpected(first!) ? undefined : globalPath(scope, first!);
  if (global) {
    const path = [...global, ...rest];
    return path[0] === 'data' ? { kind: 'function', path: path.slice(1), span: term.span } : undefined;
  }
  const name = names.join('.');
  const declaration = builtinNamed(scope, name);
  return declaration && { kind: 'builtin', name, declaration, span: term.span };
}

/** What a `with` value names where it names a function. */
export function functionNamed(scope: Scope, term: Term): CallTarget | undefined {
  if (term.kind !== 'var' && term.kind !== 'ref') return undefined;
  const target = callTarget(scope, term);
  if (target?.kind !== 'function') return target;
  return scope.environment.rules.arityOf(target.path) === undefined ? undefined : target;
}
