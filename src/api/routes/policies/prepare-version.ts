import { momentOf, SourceFile, toDiagnosticJson } from '../../../base/index.ts';
import {
  type Layer,
  layerName,
  layerProblem,
  type PolicyReference,
  parsePolicyReference,
  policySetOf,
  preparePublication,
  type ResolvedLayer,
  setSource,
  stackLayers,
  type TextFile,
  type VersionManifest,
} from '../../../bundles/index.ts';
import { readContents, resolveReferences } from '../../../store/index.ts';
import type { Principal } from '../../access/principal.ts';
import { ownDiagnostics } from '../../deciding/own-diagnostics.ts';
import { maySee } from '../../deciding/sight.ts';
import { type AppDeps, databaseOf } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { failedTests } from './failed-tests.ts';

/** A version that may be published. */
export interface PreparedVersion {
  readonly manifest: VersionManifest;
  readonly bases: readonly Required<PolicyReference>[];
  readonly warnings: readonly ReturnType<typeof toDiagnosticJson>[];
}

/** A version as it was sent, and for whom. */
export interface VersionDraft {
  readonly principal: Principal;
  readonly policy: string;
  readonly digest: string;
  readonly files: readonly TextFile[];
}

/** Compiles a version with the layers below and runs its tests; throws a ProblemError where it may not be published. */
export async function prepareVersion(deps: AppDeps, draft: VersionDraft): Promise<PreparedVersion> {
  const { principal, policy, digest, files } = draft;
  const { org } = principal;
  const { references, below } = await resolveBases(deps, draft);
  const { layers: stacked, problems } = stackLayers(below, layerName({ org, policy }));
  if (problems.length > 0) throw refused(files, problems);
  const texts = await readContents(databaseOf(deps), stacked);
  const bases = [...new Set(references.map(({ org, name }) => layerName({ org, policy: name })))];
  const own: Layer = { org, policy, digest, files, bases };
  const layers = [own, ...stacked.map((layer, index) => ({ ...layer, files: texts[index]! }))];
  const { library, requestHosts } = deps;
  const hosts = requestHosts && { hosts: requestHosts };
  const prepared = preparePublication(layers, { library, ...hosts, now: momentOf(deps.now()) });
  const diagnostics = ownDiagnostics(prepared.diagnostics, stacked, org);
  if (prepared.manifest === undefined) {
    const first = diagnostics.find(({ severity }) => severity === 'error');
    throw new ProblemError('policy_error', `the policy has errors: ${first?.message ?? 'unknown'}`, {
      diagnostics,
    });
  }
  const failed = failedTests(prepared.tests);
  if (failed !== undefined) throw failed;
  return { manifest: prepared.manifest, bases: references, warnings: diagnostics };
}

/** What the version extends, each with what it stands for now; a reference without a selector gets one here. */
async function resolveBases(deps: AppDeps, { principal, files }: VersionDraft) {
  const written = policySetOf(files)?.bases ?? [];
  const parsed = written.map(text => parsePolicyReference(text));
  const wrong = written.filter((_, index) => parsed[index] === undefined);
  if (wrong.length > 0)
    throw refused(
      files,
      wrong.map(text => `${text} is no reference: acme/baseline@stable`),
    );
  const references = parsed.filter(each => each !== undefined);
  if (references.length === 0) return { references: [], below: [] };
  const resolved = await resolveReferences(databaseOf(deps), principal.org, references);
  return {
    references: resolved.map(({ reference, layers: [first] }) => ({
      ...reference,
      selector: first!.selector,
    })),
    below: resolved.flatMap(({ layers }) => layers.map(layer => hideUnseen(layer, principal))),
  };
}

/** What a principal may not see itself, it may not build upon either. */
function hideUnseen(layer: ResolvedLayer, principal: Principal): ResolvedLayer {
  const { org, policy, visibility, depth } = layer;
  if (depth > 0 || org !== principal.org || visibility === undefined) return layer;
  return maySee(principal, { org, policy, visibility }) ? layer : { ...layer, shared: false };
}

function refused(files: readonly TextFile[], problems: readonly string[]): ProblemError {
  const source = setSource(files) ?? new SourceFile('policy.yaml', '');
  return new ProblemError('policy_error', `the layers do not go together: ${problems[0]}`, {
    diagnostics: problems.map(message => toDiagnosticJson(layerProblem(source, message))),
  });
}
