import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { parseModule, type Statement } from '../../grammar/index.ts';
import { type Diagnostic, readMoment, SourceFile } from '../../src/base/index.ts';
import {
  isPolicyPart,
  PolicyLibrary,
  type PolicySource,
  readLibraryPolicy,
  type TextFile,
} from '../../src/bundles/index.ts';
import { decide, type LoadedPolicy, loadPolicy, type Verdict } from '../../src/decide/index.ts';
import { type PolicyMetadata, policyMetadata } from '../../src/dev/library-metadata.ts';
import { readSubmission, type Submission } from '../../src/manifests/index.ts';
import { fromJson, type Json } from '../../src/values/index.ts';
import { type CaseEvidence, evidenceOf } from './case-evidence.ts';

/** One entry of a cases.yaml; see policies/README.md. */
export interface PolicyCase extends CaseEvidence {
  readonly name: string;
  readonly images?: readonly string[];
  readonly manifests?: string;
  readonly dockerfile?: string;
  readonly compose?: string;
  readonly context?: Json;
  readonly data?: Json;
  readonly as_of?: string;
  readonly decision: 'allow' | 'deny' | 'indeterminate';
  readonly violations?: readonly string[];
}

/** All files below `policies/`. */
export const texts: readonly TextFile[] = readdirSync('policies', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => `${entry.parentPath}/${entry.name}`)
  .map(path => ({ path: path.replace(/^policies\//, ''), text: readFileSync(path, 'utf8') }));

const library = new PolicyLibrary(texts);

/** The folders of `policies/` that hold a policy: `tags/disallowed-tags`. */
export const folders = [
  ...new Set(
    texts
      .filter(({ path }) => isPolicyPart(path) && /^(?!lib\/).*\//u.test(path))
      .map(({ path }) => folderOf(path)),
  ),
].sort();

export function fileOf(folder: string, name: string): string | undefined {
  return texts.find(({ path }) => path === `${folder}/${name}`)?.text;
}

/** The rules of a folder's own; a set may have none. */
export function rulesOf(folder: string): string | undefined {
  return fileOf(folder, `${baseOf(folder)}.policy`);
}

export function metadataOf(folder: string): PolicyMetadata | undefined {
  const rules = rulesOf(folder);
  return rules === undefined ? undefined : policyMetadata(rules);
}

export function statementsOf(folder: string): readonly Statement[] {
  const { module } = parseModule(rulesOf(folder) ?? 'package none', { version: 'v1', dialect: 'policy' });
  return module!.items.filter(item => item.kind === 'statement');
}

export function casesOf(folder: string): readonly PolicyCase[] {
  const { cases } = load(fileOf(folder, 'cases.yaml') ?? 'cases: []') as { cases: readonly PolicyCase[] };
  return cases;
}

/** The files and data of a policy; throws what is wrong with them. */
export function sourceOf(folder: string, data?: Json): PolicySource {
  const given = data === undefined ? [] : [new SourceFile('data.json', JSON.stringify(data))];
  const { policy, problems } = readLibraryPolicy(folder, library, { data: given })!;
  if (policy === undefined || problems.length > 0) throw problemsError(problems);
  return policy;
}

const loadedPolicies = new Map<string, LoadedPolicy>();

/** The policy of a folder, loaded once with the same data; throws what is wrong with it. */
function policyOf(folder: string, data?: Json): LoadedPolicy {
  const key = JSON.stringify([folder, data]);
  const policy = loadedPolicies.get(key) ?? loadFolder(folder, data);
  loadedPolicies.set(key, policy);
  return policy;
}

function loadFolder(folder: string, data?: Json): LoadedPolicy {
  const { policy, diagnostics } = loadPolicy(sourceOf(folder, data));
  if (policy === undefined || diagnostics.length > 0) throw problemsError(diagnostics);
  return policy;
}

function problemsError(problems: readonly Diagnostic[]): Error {
  return new Error(problems.map(({ message, source }) => `${source.path}: ${message}`).join('\n'));
}

/** What a case submits. */
export function submissionOf(each: Omit<PolicyCase, 'name' | 'decision'>): Submission {
  const { images = [], manifests, dockerfile, compose, context = {} } = each;
  return readSubmission({
    images,
    ...(manifests !== undefined && { manifests }),
    ...(dockerfile !== undefined && { dockerfile }),
    ...(compose !== undefined && { compose }),
    context: fromJson(context),
  });
}

/** The moment at which a case is decided. */
export function momentOf({ as_of = '2026-11-20' }: Pick<PolicyCase, 'as_of'>): bigint {
  return readMoment(as_of)!;
}

/** What a policy decides of a case. */
export function verdictOn(folder: string, each: Omit<PolicyCase, 'name' | 'decision'>): Promise<Verdict> {
  const asOf = momentOf(each);
  const evidence = evidenceOf(each, asOf);
  return decide([policyOf(folder, each.data)], submissionOf(each), {
    asOf,
    decisionId: 'test',
    clock: () => 0,
    ...(evidence !== undefined && { evidence }),
  });
}

/** The names of the rules that were violated, each once, sorted. */
export function violatedRules({ violations }: Verdict): readonly string[] {
  return [...new Set(violations.map(({ rule }) => rule))].sort();
}

/** The last part of a path. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
