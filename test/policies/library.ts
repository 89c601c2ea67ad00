import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { SourceFile } from '../../src/base/index.ts';
import { isPolicyPart, PolicyLibrary, readPolicy, type TextFile } from '../../src/bundles/index.ts';
import { decide, type LoadedPolicy, loadPolicy, readMoment } from '../../src/decide/index.ts';
import { readSubmission } from '../../src/manifests/index.ts';
import { fromJson, type Json } from '../../src/values/index.ts';

/** One entry of a cases.yaml; see policies/README.md. */
export interface PolicyCase {
  readonly name: string;
  readonly images?: readonly string[];
  readonly manifests?: string;
  readonly context?: Json;
  readonly data?: Json;
  readonly as_of?: string;
  readonly decision: 'allow' | 'deny' | 'indeterminate';
  readonly violations?: readonly string[];
}

const texts: readonly TextFile[] = readdirSync('policies', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => `${entry.parentPath}/${entry.name}`)
  .map(path => ({ path: path.replace(/^policies\//, ''), text: readFileSync(path, 'utf8') }));

const library = new PolicyLibrary(texts);

/** The folders of `policies/` that hold a policy: `tags/disallowed-tags`. */
export const folders = [
  ...new Set(
    texts.filter(({ path }) => isPolicyPart(path) && path.includes('/')).map(({ path }) => folderOf(path)),
  ),
].sort();

export function fileOf(folder: string, name: string): string | undefined {
  return texts.find(({ path }) => path === `${folder}/${name}`)?.text;
}

export function casesOf(folder: string): readonly PolicyCase[] {
  const { cases } = load(fileOf(folder, 'cases.yaml') ?? 'cases: []') as { cases: readonly PolicyCase[] };
  return cases;
}

/** The policy of a folder; throws what is wrong with it. */
export function policyOf(folder: string, options: { data?: Json; tests?: boolean } = {}): LoadedPolicy {
  const files = texts
    .filter(({ path }) => folderOf(path) === folder)
    .map(({ path, text }) => ({ path: path.slice(folder.length + 1), text }));
  const data = options.data === undefined ? [] : [new SourceFile('data.json', JSON.stringify(options.data))];
  const { policy, problems } = readPolicy(folder, files, { library, data, tests: options.tests ?? false });
  const loaded = policy && loadPolicy(policy);
  const found = [...problems, ...(loaded?.diagnostics ?? [])];
  if (loaded?.policy === undefined || found.length > 0)
    throw new Error(found.map(({ message, source }) => `${source.path}: ${message}`).join('\n'));
  return loaded.policy;
}

/** The decision and the names of the rules that were violated, each once. */
export async function decideCase(folder: string, each: PolicyCase) {
  const { images = [], manifests, context = {}, data, as_of = '2026-11-20' } = each;
  const submission = readSubmission({
    images,
    ...(manifests !== undefined && { manifests }),
    context: fromJson(context),
  });
  const policy = policyOf(folder, data === undefined ? {} : { data });
  const verdict = await decide([policy], submission, {
    asOf: readMoment(as_of)!,
    decisionId: 'test',
    clock: () => 0,
  });
  const violations = [...new Set(verdict.violations.map(({ rule }) => rule))].sort();
  return { decision: verdict.decision, violations };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
