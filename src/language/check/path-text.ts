import type { NormalRule } from '../normal/normal.ts';

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A path below `data` as it is written: `data.acme["my-app"].deny`. */
export function pathText(path: readonly string[]): string {
  return `data${path.map(name => (identifier.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`)).join('')}`;
}

/** The whole reference of a rule, variables included: `data.acme.p[x].r`. */
export function ruleText({ path, dynamicPath, source }: NormalRule): string {
  const parts = dynamicPath.map(part => {
    if (part.kind === 'const' && typeof part.value === 'string') return pathText([part.value]).slice(4);
    return `[${source.text.slice(part.span.start, part.span.end)}]`;
  });
  return pathText(path) + parts.join('');
}
