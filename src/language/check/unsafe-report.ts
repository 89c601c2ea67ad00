import { closest } from '../../base/index.ts';
import { declarations } from '../../builtins/declarations.ts';
import type { Environment } from '../normal/environment.ts';
import type { Stage } from '../normal/stages.ts';
import type { UnsafeUse } from './unsafe.ts';

const futureKeywords = ['if', 'contains', 'in', 'every'];

/** Reports a variable that nothing binds: the variable, or the expression that does not begin with it. */
export function reportUnsafe(environment: Environment, stage: Stage, use: UnsafeUse): void {
  const { local, span, at } = use;
  const { name, generated } = local;
  const start = Math.min(at.start, span.start);
  environment.report(stage, {
    code: 'rego_unsafe_var_error',
    span: generated || start < span.start ? { start, end: Math.max(at.end, span.end) } : span,
    message: generated ? 'expression is unsafe' : `var ${name} is unsafe`,
    hint: generated ? 'it needs its own result to be evaluated' : hintOf(environment, use),
    related:
      generated || start === span.start
        ? undefined
        : [{ message: `"${name}" stands here`, source: environment.source, span }],
  });
}

function hintOf(
  environment: Environment,
  { local: { name }, near: locals = [], searched }: UnsafeUse,
): string {
  if (name === '_') return 'a wildcard cannot stand here: nothing is looked up that would give it values';
  if (name === 'input' || name === 'data')
    return 'the arguments of a rule cannot look anything up: name the argument, and compare it in the body';
  if (environment.module.version === 'v0' && futureKeywords.includes(name))
    return `import the keyword: \`import future.keywords.${name}\``;
  if (inputFields(environment).has(name)) return `did you mean input.${name}?`;
  const names = [...locals, ...environment.imports.keys(), ...environment.ruleNames];
  const near = closest(
    name,
    names.filter(each => each !== name),
  );
  if (near) return `did you mean "${near}"?`;
  if (searched) return `to look for it, write \`some ${name} in …\``;
  if (declarations.has(name)) return `to call the function, write ${name}(…)`;
  if (environment.rules.hasPackage([name])) return `add \`import data.${name}\``;
  return `nothing gives "${name}" a value: assign it with := or some, or check its spelling`;
}

/** The fields of the input that a module mentions. */
function inputFields({ source }: Environment): ReadonlySet<string> {
  return new Set([...source.text.matchAll(/\binput\.([A-Za-z_]\w*)/gu)].map(match => match[1]!));
}
