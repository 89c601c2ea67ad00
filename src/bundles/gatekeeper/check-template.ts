import type { Ref, Span } from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';
import { type CheckedModules, checkPolicy } from '../../language/index.ts';
import type { Template } from './template.ts';

/** What checking comes to: nothing checked where a diagnostic is an error. */
export interface CheckedTemplate {
  readonly checked?: CheckedModules;
  readonly diagnostics: readonly Diagnostic[];
}

type CheckedModule = CheckedModules['modules'][number];

/**
 * Checks the Rego of a template as a program by itself, so that no other template's packages are seen.
 * Beyond what holds for all Rego: the entry has a rule `violation`, libraries stand below `lib`, and of
 * `data` nothing but `data.lib` and `data.inventory` is referred to.
 */
export function checkTemplate({ version, entry, libs }: Template): CheckedTemplate {
  const files = [entry, ...libs].map(source => ({ source, version, dialect: 'rego' as const }));
  const { checked, diagnostics } = checkPolicy(files);
  if (checked === undefined) return { diagnostics: withUndefinedTogether(diagnostics) };
  const found = checked.modules.flatMap(module => moduleProblems(module, module.source === entry));
  if (found.length > 0) return { diagnostics: [...diagnostics, ...found] };
  return { checked, diagnostics };
}

function moduleProblems(checked: CheckedModule, isEntry: boolean): readonly Diagnostic[] {
  const { source, module } = checked;
  const problems = isEntry ? entryProblems(checked) : libraryProblems(checked);
  const refs = dataRefs(module.items).filter(ref => !isAllowed(firstName(ref)));
  const imports = module.imports.filter(({ path }) => path[0] === 'data' && !isAllowed(path[1]));
  const hint = 'a template sees data.lib, its own libraries, and data.inventory';
  return [
    ...problems,
    ...refs.map(({ span }) => problemAt(source, span, 'this part of data is not there for a template', hint)),
    ...imports.map(({ span }) => problemAt(source, span, 'this import is not there for a template', hint)),
  ];
}

function entryProblems({ source, module }: CheckedModule): readonly Diagnostic[] {
  const { path, span } = module.package;
  const problems: Diagnostic[] = [];
  const rules = module.items.filter(item => item.kind === 'rule');
  if (!rules.some(rule => rule.head.ref.name.text === 'violation'))
    problems.push(problemAt(source, span, 'the template has no rule "violation"'));
  if (isAllowed(path[0]))
    problems.push(problemAt(source, span, `the package of a template must not be below data.${path[0]}`));
  return problems;
}

function libraryProblems({ source, module }: CheckedModule): readonly Diagnostic[] {
  const { path, span } = module.package;
  if (path[0] === 'lib' && path.length > 1) return [];
  return [problemAt(source, span, `the package of a library must be below lib, as in lib.${path.at(-1)}`)];
}

function isAllowed(name: string | undefined): boolean {
  return name === 'lib' || name === 'inventory';
}

/** The first part of a reference below `data`; undefined where it is no fixed name. */
function firstName({ path: [part] }: Ref): string | undefined {
  if (part?.kind === 'dot') return part.name;
  return part?.term.kind === 'string' ? part.term.value : undefined;
}

/** Every reference below `data` in a part of a syntax tree, which is plain data throughout. */
function dataRefs(node: unknown): readonly Ref[] {
  if (Array.isArray(node)) return node.flatMap(dataRefs);
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(dataRefs);
  return isDataRef(node) ? [node, ...inner] : inner;
}

function isDataRef(node: object): node is Ref {
  const { kind, head } = node as Partial<Ref>;
  return kind === 'ref' && head?.kind === 'var' && head.name === 'data';
}

const undefinedFunction = /^undefined function (\S+)$/u;

/** Functions that do not exist are named in one diagnostic, at the place of the first. */
function withUndefinedTogether(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const missing = diagnostics.filter(({ message }) => undefinedFunction.test(message));
  const [first] = missing;
  if (first === undefined) return diagnostics;
  const names = [...new Set(missing.map(({ message }) => undefinedFunction.exec(message)![1]!))];
  const others = diagnostics.filter(diagnostic => !missing.includes(diagnostic));
  if (names.length === 1 && names[0] !== 'external_data') return [...others, first];
  const message = `undefined function${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  const hint = names.includes('external_data')
    ? 'external_data asks providers in a cluster, which there are not here'
    : undefined;
  const { hint: _, ...rest } = first;
  return [...others, { ...rest, message, ...(hint !== undefined && { hint }) }];
}

function problemAt(source: SourceFile, span: Span, message: string, hint?: string): Diagnostic {
  return {
    code: 'rego_compile_error',
    severity: 'error',
    message,
    source,
    span,
    ...(hint !== undefined && { hint }),
  };
}
