import type { Budget } from '../base/index.ts';
import { BuiltinError } from './builtin.ts';
import { compileRegex, quoteRegex } from './re2.ts';

/**
 * The regular expression of a template such as `urn:<[a-z]+>:x`: what stands between the outermost
 * delimiters is a pattern, the rest is text. Throws BuiltinError where delimiters or a pattern are wrong.
 */
export function templatePattern(budget: Budget, template: string, start: string, end: string): string {
  let pattern = '^';
  let from = 0;
  for (const [open, close] of outermost(template, start, end)) {
    const inner = template.slice(open + 1, close);
    compileRegex(budget, `^${inner}$`);
    pattern += `${quoteRegex(template.slice(from, open))}(${inner})`;
    from = close + 1;
  }
  return `${pattern}${quoteRegex(template.slice(from))}$`;
}

function* outermost(template: string, start: string, end: string): Generator<readonly [number, number]> {
  let level = 0;
  let open = 0;
  for (let i = 0; i < template.length; i++) {
    if (template[i] === start) {
      if (++level === 1) open = i;
    } else if (template[i] === end) {
      if (--level === 0) yield [open, i];
      else if (level < 0) break;
    }
  }
  if (level !== 0) throw new BuiltinError(`unbalanced braces in ${JSON.stringify(template)}`);
}
