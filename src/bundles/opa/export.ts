import { type Module, parseModule, type Rule, type Span } from '../../../grammar/index.ts';
import type { Diagnostic } from '../../base/index.ts';
import { type CheckedModules, checkPolicy, planPolicy, printModule } from '../../language/index.ts';
import type { PolicySource, TextFile } from '../read-policy.ts';
import { type ExportedPart, withoutEvidence } from './evidence-rules.ts';
import { hostCalls, withHelpers } from './host-calls.ts';
import type { RegoVersion } from './manifest.ts';
import { namePrefix, withPlainNames } from './plain-names.ts';
import { policyModule } from './policy-module.ts';

/** A policy as Rego that OPA loads. */
export interface ExportedPolicy {
  readonly modules: readonly ExportedModule[];
  /** What of it stands below `data`. */
  readonly packages: readonly (readonly string[])[];
  /** The rules that decide, by their names. */
  readonly deciding: readonly string[];
  /** Those that were left out, because they need evidence. */
  readonly leftOut: readonly string[];
}

export interface ExportedModule extends TextFile {
  readonly version: RegoVersion;
}

export interface ExportOptions {
  /** What needs evidence keeps a policy from being exported, or is left out where somebody else decides by it. */
  readonly evidence?: 'refuse' | 'leave out';
  /** What to do about it. */
  readonly hint?: string;
}

type CheckedModule = CheckedModules['modules'][number];

/** The packages that come with an exported policy. */
const OWN = [
  ['pratique', 'opa'],
  ['pratique', 'policy'],
  ['pratique', 'verdict'],
];

/**
 * The rules of a policy as plain Rego: statements as the rules that they become, functions of images as those of
 * `library`, and a package `pratique.verdict` that says what the policy decides. Files of Rego that need nothing of
 * that stay as they are. No policy where a diagnostic is an error: what needs evidence cannot leave.
 */
export function exportPolicy(
  { files }: Pick<PolicySource, 'files'>,
  library: readonly TextFile[],
  { evidence = 'refuse', hint = evidenceHint }: ExportOptions = {},
): { readonly policy?: ExportedPolicy; readonly diagnostics: readonly Diagnostic[] } {
  const { checked, diagnostics } = checkPolicy(files);
  if (checked === undefined) return { diagnostics };
  const plan = planPolicy(checked);
  const whole: ExportedPart = { modules: checked.modules, decisions: plan.decisions };
  const part = evidence === 'refuse' ? whole : withoutEvidence(checked, plan);
  const refused = part.modules.flatMap(module => refusals(module, hint));
  if (refused.length > 0) return { diagnostics: refused };
  const prefix = namePrefix(checked.modules.map(({ source }) => source.text));
  const modules = part.modules.map(module => exportModule(module, prefix, whole.modules.includes(module)));
  const own = [...library, { path: 'policy.rego', text: policyModule(part.decisions) }].map(
    ({ path, text }): ExportedModule => ({ path: `pratique/${path}`, text, version: 'v1' }),
  );
  const packages = [...checked.modules.map(({ module }) => module.package.path), ...OWN];
  const deciding = decidingRules(part);
  const leftOut = decidingRules(whole).filter(name => !deciding.includes(name));
  return {
    policy: { modules: [...uniquePaths(modules), ...own], packages, deciding, leftOut },
    diagnostics,
  };
}

const evidenceHint = 'let this service decide by it, or leave it out of what is exported';

function decidingRules({ decisions }: ExportedPart): readonly string[] {
  return decisions.flatMap(({ path, rules }) =>
    rules.filter(({ kind }) => kind !== 'exempt').map(({ name }) => [...path, name].join('.')),
  );
}

/** Why a module cannot leave: each statement, or call, that asks for evidence, and a package that meets ours. */
function refusals({ source, module, statements }: CheckedModule, hint: string): readonly Diagnostic[] {
  const reserved = OWN.some(path => path.every((part, i) => module.package.path[i] === part));
  if (reserved)
    return [
      refusal(source, module.package.span, 'the package', 'is one that comes with the export', 'rename it'),
    ];
  const byPlace = new Map<number, Diagnostic>();
  for (const { name, span } of hostCalls(module).filter(({ isForeign }) => isForeign)) {
    const statement = statements.find(
      ({ statement: { span: whole } }) => whole.start <= span.start && span.end <= whole.end,
    );
    const place = statement?.statement.span ?? span;
    const what = statement === undefined ? `the call of ${name}` : `the statement ${statement.rule}`;
    const why = `needs ${name}, for which OPA has no means`;
    byPlace.set(place.start, refusal(source, place, what, why, hint));
  }
  return [...byPlace.values()];
}

function refusal(
  source: CheckedModule['source'],
  span: Module['span'],
  what: string,
  why: string,
  hint: string,
): Diagnostic {
  return {
    code: 'bundle_error',
    severity: 'error',
    message: `${what} cannot be exported: it ${why}`,
    source,
    span,
    hint,
  };
}

function exportModule(
  { source, module, statements }: CheckedModule,
  prefix: string,
  isWhole: boolean,
): ExportedModule {
  const isPlain =
    isWhole && statements.length === 0 && hostCalls(module).length === 0 && source.path.endsWith('.rego');
  const path = exportedPath(source.path);
  if (isPlain) return { path, text: source.text, version: module.version };
  const text = printModule(
    withPlainNames(withHelpers(withOwnLines(module, statements)), prefix),
    source.text,
  );
  const { problems } = parseModule(text, { version: module.version, dialect: 'rego' });
  if (problems.length > 0)
    throw new Error(`the export of ${source.path} is no Rego: ${problems[0]!.message}`);
  return { path, text, version: module.version };
}

/**
 * What a statement became stands on lines of its own, whatever lines the statement takes; comments inside of it have no
 * place there.
 */
function withOwnLines(module: CheckedModule['module'], statements: CheckedModule['statements']) {
  const spans = statements.map(({ statement }) => statement.span);
  const inside = ({ span }: { readonly span: Span }) =>
    spans.find(({ start, end }) => start <= span.start && span.start < end);
  const names = new Set(statements.map(({ rule }) => rule));
  const groups = [...Map.groupBy(module.items, item => inside(item) ?? item).entries()];
  return {
    ...module,
    items: groups.flatMap(([at, items]) =>
      'kind' in at ? items : mainFirst(items, names).map(item => atOnePlace(item, at.start) as Rule),
    ),
    comments: module.comments.filter(comment => inside(comment) === undefined),
  };
}

/** The rule that a statement is called by stands first, so that METADATA above the statement is about it. */
function mainFirst(items: Module['items'], names: ReadonlySet<string>): Module['items'] {
  const isMain = (item: Module['items'][number]): boolean =>
    item.kind === 'rule' && names.has(item.head.ref.name.text);
  return [...items.filter(isMain), ...items.filter(item => !isMain(item))];
}

function atOnePlace(node: unknown, place: number): unknown {
  if (Array.isArray(node)) return node.map(item => atOnePlace(item, place));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) =>
    key === 'span' || key.endsWith('Span')
      ? [key, { start: place, end: place }]
      : [key, atOnePlace(value, place)],
  );
  return Object.fromEntries(entries);
}

/** Inside of the export, whatever path leads to the file here. */
function exportedPath(path: string): string {
  const inside = path.split(/[\\/]/u).filter(part => part !== '' && part !== '.' && part !== '..');
  return inside.join('/').replace(/\.policy$/u, '.policy.rego');
}

function uniquePaths(modules: readonly ExportedModule[]): readonly ExportedModule[] {
  const taken = new Set<string>();
  return modules.map(module => {
    let { path } = module;
    for (let number = 2; taken.has(path); number++) path = module.path.replace(/\.rego$/u, `_${number}.rego`);
    taken.add(path);
    return { ...module, path };
  });
}
