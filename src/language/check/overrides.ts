import type { Rule, Span, Term } from '../../../grammar/index.ts';
import { declarations } from '../../builtins/declarations.ts';
import type { Environment } from '../normal/environment.ts';
import { stages } from '../normal/stages.ts';

/** Reports rules and arguments that are called `input` or `data`. */
export function checkOverrides(environment: Environment): void {
  const { module, options, report } = environment;
  for (const item of module.items) {
    if (item.kind !== 'rule') continue;
    const { name } = item.head.ref;
    if (isRoot(name.text) && (module.version === 'v1' || options.strict)) {
      const message = `rules must not shadow ${name.text}`;
      const span = from(item, name.span);
      report(stages.overrides, {
        code: 'rego_compile_error',
        span,
        message,
        hint: 'use a different rule name',
      });
    }
    for (const argument of item.head.args ?? []) checkArgument(environment, item, argument);
    checkBareCall(environment, item);
  }
}

/** `print(x)` outside a body would be a rule of that name. */
function checkBareCall({ report }: Environment, { head, body, default: isDefault, span }: Rule): void {
  if (!head.args || head.value || body || isDefault) return;
  const names = [head.ref.name.text, ...head.ref.path.map(part => (part.kind === 'dot' ? part.name : ''))];
  const name = names.join('.');
  if (!declarations.has(name) && name !== 'print') return;
  report(stages.syntax, {
    code: 'rego_parse_error',
    span: { start: span.start, end: head.span.end },
    message: `rule name conflicts with built-in function ${name}`,
    hint: 'a call stands in the body of a rule; to define a function, give it another name',
  });
}

function checkArgument(environment: Environment, rule: Rule, term: Term): void {
  if (term.kind === 'array') for (const item of term.items) checkArgument(environment, rule, item);
  else if (term.kind === 'object')
    for (const part of term.entries.flatMap(({ key, value }) => [key, value]))
      checkArgument(environment, rule, part);
  else if (term.kind === 'var' && isRoot(term.name)) {
    environment.report(stages.shadowedArguments, {
      code: 'rego_compile_error',
      span: from(rule, term.span),
      message: `args must not shadow ${term.name}`,
      hint: 'use a different variable name',
    });
  }
}

function isRoot(name: string): boolean {
  return name === 'input' || name === 'data';
}

/** From the beginning of a rule to the end of a part of it. */
function from(rule: Rule, part: Span): Span {
  return { start: rule.span.start, end: part.end };
}
