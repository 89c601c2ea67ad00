import { parse as parseYaml } from 'yaml';
import type { Comment, Module, Rule, Statement } from '../../grammar/index.ts';
import type { Json } from '../values/index.ts';

export type AnnotationScope = 'rule' | 'document' | 'package' | 'subpackages';

/** One `# METADATA` block. `fields` is what its YAML says, `scope` left out of it. */
export interface Annotation {
  readonly scope: AnnotationScope;
  readonly fields: { readonly [key: string]: Json };
  readonly title?: string;
  readonly description?: string;
  /** What it stands above; absent for packages. */
  readonly item?: Rule | Statement;
  readonly start: number;
}

/** The annotations of a module, in source order. A block whose YAML cannot be read is left out. */
export function annotationsOf(module: Module, lineOf: (offset: number) => number): Annotation[] {
  return blocks(module.comments, lineOf).flatMap(block => {
    const fields = readFields(block.text);
    if (!fields) return [];
    const item = module.items.find(each => each.span.start > block.start);
    const isPackage = module.package.span.start > block.start;
    const { scope: written, ...rest } = fields;
    const scope = scopeOf(written, isPackage);
    return [
      {
        scope,
        fields: rest,
        ...textField(rest, 'title'),
        ...textField(rest, 'description'),
        ...(item && !isPackage && { item }),
        start: block.start,
      },
    ];
  });
}

function textField<K extends string>(
  fields: { readonly [key: string]: Json },
  key: K,
): { [P in K]?: string } {
  const value = fields[key];
  return (typeof value === 'string' ? { [key]: value } : {}) as { [P in K]?: string };
}

function scopeOf(written: Json | undefined, isPackage: boolean): AnnotationScope {
  if (written === 'rule' || written === 'document' || written === 'package' || written === 'subpackages')
    return written;
  return isPackage ? 'package' : 'rule';
}

function readFields(text: string): { readonly [key: string]: Json } | undefined {
  try {
    const value = parseYaml(text, { maxAliasCount: 0, schema: 'core' }) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { readonly [key: string]: Json })
      : undefined;
  } catch {
    return undefined;
  }
}

/** Runs of comment lines that begin with `METADATA`, without that line. */
function blocks(
  comments: readonly Comment[],
  lineOf: (offset: number) => number,
): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  for (let i = 0; i < comments.length; i++) {
    const first = comments[i]!;
    if (first.text.trim() !== 'METADATA') continue;
    const lines: string[] = [];
    let line = lineOf(first.span.start);
    while (comments[i + 1] && lineOf(comments[i + 1]!.span.start) === line + 1) {
      i++;
      line++;
      lines.push(comments[i]!.text);
    }
    found.push({ text: lines.join('\n'), start: first.span.start });
  }
  return found;
}
