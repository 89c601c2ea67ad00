import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type {
  Import,
  Module,
  Package,
  Rule,
  Span,
  Statement,
  SyntaxProblem,
} from '../../../grammar/index.ts';
import { limits } from '../../base/index.ts';
import { type Json, ObjectValue } from '../../values/index.ts';
import type { Annotation, AnnotationScope } from './annotation.ts';
import { type Block, type LineOf, metadataBlocks } from './blocks.ts';
import { AnnotationError, type Fields, readFields } from './fields.ts';

type Target = Package | Import | Rule | Statement;

/** The annotations of a module, in source order, and what is wrong with those that cannot be read. */
export function readAnnotations(
  module: Module,
  lineOf: LineOf,
): { readonly annotations: readonly Annotation[]; readonly problems: readonly SyntaxProblem[] } {
  const targets: Target[] = [module.package, ...module.imports, ...module.items];
  const annotations: Annotation[] = [];
  const problems: SyntaxProblem[] = [];
  for (const block of metadataBlocks(module.comments, lineOf)) {
    try {
      const target = targets.find(each => each.span.start > block.span.start);
      annotations.push(annotationOf(block, target));
    } catch (error) {
      if (!(error instanceof AnnotationError)) throw error;
      const span = error instanceof PlacedError ? error.span : block.span;
      problems.push({ span, message: error.message });
    }
  }
  return { annotations, problems };
}

/** The annotations of a module, in source order. A block that cannot be read is left out. */
export function annotationsOf(module: Module, lineOf: LineOf): readonly Annotation[] {
  return readAnnotations(module, lineOf).annotations;
}

/** An error of the YAML itself, on one of its lines. */
class PlacedError extends AnnotationError {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

function annotationOf(block: Block, target: Target | undefined): Annotation {
  const fields = parseFields(block);
  const { scope: written, title, description, entrypoint, schemas, entries } = readFields(fields, block.span);
  const scope = checkedScope(written, target, entrypoint);
  const { scope: _, ...rest } = fields;
  const isItem = target?.kind === 'rule' || target?.kind === 'statement';
  return {
    scope,
    fields: rest,
    ...(title && { title }),
    ...(description && { description }),
    ...(isItem && { item: target }),
    start: block.span.start,
    span: block.span,
    value: ObjectValue.of([['scope', scope], ...entries]),
    schemas,
  };
}

function parseFields(block: Block): Fields {
  if (block.text.trim() === '')
    throw new AnnotationError('a METADATA block says something below its first line');
  const value = toJson(readYaml(block), block.text.length);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new PlacedError('metadata has names and values', lineAt(block, 0));
  return value as Fields;
}

/** Few aliases: each may stand for much, and what it stands for is written out. */
function readYaml(block: Block): unknown {
  try {
    return load(block.text, { schema: CORE_SCHEMA, maxAliases: 10 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const offset = error.mark?.position ?? 0;
    throw new PlacedError(`the metadata is no YAML: ${error.reason}`, lineAt(block, offset));
  }
}

/**
 * YAML knows values that JSON does not: numbers without end become texts. Throws AnnotationError where an
 * alias stands inside what it is an alias of, or aliases make much out of little.
 */
function toJson(value: unknown, nodes: number): Json {
  const open = new Set<unknown>();
  let left = nodes + limits.aliasNodes;
  return convert(value);

  function convert(each: unknown): Json {
    if (--left < 0) throw new AnnotationError('the metadata grows too large by its aliases');
    if (typeof each !== 'object' || each === null) return scalar(each);
    if (open.has(each)) throw new AnnotationError('the metadata holds an alias inside of what it stands for');
    open.add(each);
    const json = Array.isArray(each)
      ? each.map(convert)
      : Object.fromEntries(Object.entries(each).map(([key, item]) => [key, convert(item)]));
    open.delete(each);
    return json;
  }
}

function scalar(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
  return value === null || value === undefined ? null : String(value);
}

function lineAt(block: Block, offset: number): Span {
  const line = block.text.slice(0, offset).split('\n').length - 1;
  return (block.lines[line] ?? block.lines.at(-1))?.span ?? block.span;
}

function checkedScope(
  written: string | undefined,
  target: Target | undefined,
  entrypoint: boolean,
): AnnotationScope {
  const scope = written || usualScope(target, entrypoint);
  if (scope !== 'rule' && scope !== 'document' && scope !== 'package' && scope !== 'subpackages') {
    throw new AnnotationError(
      target && written === undefined
        ? `metadata cannot stand above an ${target.kind}`
        : `${JSON.stringify(scope)} is no scope of metadata: there are rule, document, package and subpackages`,
    );
  }
  const wanted = scope === 'rule' || scope === 'document' ? 'rule' : 'package';
  const found = target?.kind === 'statement' ? 'rule' : target?.kind;
  if (found !== wanted)
    throw new AnnotationError(
      `metadata of the scope ${scope} stands above a ${wanted}, this ${target ? `above ${found === 'rule' ? 'a rule' : `the ${found}`}` : 'above nothing'}`,
    );
  if (entrypoint && scope !== 'document' && scope !== 'package')
    throw new AnnotationError(`an entrypoint has the scope document or package, not ${scope}`);
  return scope;
}

function usualScope(target: Target | undefined, entrypoint: boolean): string {
  if (target?.kind === 'package') return 'package';
  if (target?.kind === 'rule' || target?.kind === 'statement') return entrypoint ? 'document' : 'rule';
  return target?.kind ?? '';
}
