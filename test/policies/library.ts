import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { SourceFile } from '../../src/base/index.ts';
import { isPolicyPart, PolicyLibrary, readPolicy, type TextFile } from '../../src/bundles/index.ts';
import { decide, type LoadedPolicy, loadPolicy, readMoment } from '../../src/decide/index.ts';
import type { EvidenceNeed, EvidenceResolver } from '../../src/evidence/index.ts';
import type { EvidenceStatus } from '../../src/images/index.ts';
import { readSubmission } from '../../src/manifests/index.ts';
import { fromJson, isObject, type Json, type Value } from '../../src/values/index.ts';

/** One entry of a cases.yaml; see policies/README.md. */
export interface PolicyCase {
  readonly name: string;
  readonly images?: readonly string[];
  readonly manifests?: string;
  readonly dockerfile?: string;
  readonly evidence?: readonly CaseEvidence[];
  readonly context?: Json;
  readonly data?: Json;
  readonly as_of?: string;
  readonly decision: 'allow' | 'deny' | 'indeterminate';
  readonly violations?: readonly string[];
}

/** What a question to the outside is answered; beside these fields, what the answer holds. */
export interface CaseEvidence {
  /** `signature`, `attestation`, `scan`, `sbom`, `config`, `base`, `resolve` or `manifest`. */
  readonly type: string;
  /** The reference, normalised, that it is about; any where absent. */
  readonly image?: string;
  readonly predicate_type?: string;
  readonly status: EvidenceStatus;
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
  const { images = [], manifests, dockerfile, context = {}, data, as_of = '2026-11-20' } = each;
  const submission = readSubmission({
    images,
    ...(manifests !== undefined && { manifests }),
    ...(dockerfile !== undefined && { dockerfile }),
    context: fromJson(context),
  });
  const policy = policyOf(folder, data === undefined ? {} : { data });
  const verdict = await decide([policy], submission, {
    asOf: readMoment(as_of)!,
    decisionId: 'test',
    clock: () => 0,
    evidence: answering(each.evidence ?? []),
  });
  const violations = [...new Set(verdict.violations.map(({ rule }) => rule))].sort();
  return { decision: verdict.decision, violations };
}

/** Answers by the first of the evidence that fits; what none fits is unavailable. */
function answering(evidence: readonly CaseEvidence[]): EvidenceResolver {
  const answers = evidence.map(({ type, image, predicate_type, ...answer }) => ({
    fits: ({ kind, request }: EvidenceNeed) =>
      kind === type &&
      [undefined, imageNameOf(request)].includes(image) &&
      [undefined, fieldOf(request, 'type')].includes(predicate_type),
    value: fromJson(answer as Json),
  }));
  return {
    resolve: needs => {
      const found = needs.map(need => [need.key, answers.find(({ fits }) => fits(need))?.value] as const);
      return Promise.resolve(new Map(found.flatMap(([key, value]) => (value ? [[key, value]] : []))));
    },
  };
}

function imageNameOf(request: Value): Value | undefined {
  const image = fieldOf(request, 'image');
  return image && fieldOf(image, 'name');
}

function fieldOf(value: Value, key: string): Value | undefined {
  return isObject(value) ? value.get(key) : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
