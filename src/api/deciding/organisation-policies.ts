import type { DiagnosticJson } from '../../base/index.ts';
import { layerLabel, loadLayers, type StackedLayer, stackLayers } from '../../bundles/index.ts';
import { type LoadedPolicy, loadPlan, type PolicyCache, sha256, storePlan } from '../../decide/index.ts';
import { PLAN_FORMAT } from '../../language/index.ts';
import { type ResolvedPolicy, readContents } from '../../store/index.ts';
import { type AppDeps, databaseOf } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { ownDiagnostics } from './own-diagnostics.ts';

/** Policies that organisations have published, each compiled once for what it is made of. */
export class OrganisationPolicies {
  private readonly deps: AppDeps;
  private readonly cache: PolicyCache;
  /** Of what every plan depends on beside the layers; made when first asked for. */
  private surroundings: string | undefined;

  constructor(deps: AppDeps) {
    this.deps = deps;
    this.cache = deps.cache;
  }

  /**
   * Ready to decide; throws a ProblemError where the layers do not go together now, with what `reader`, an
   * organisation, may read of that.
   */
  async load(resolved: ResolvedPolicy, reader: string): Promise<LoadedPolicy> {
    const { layers, problems } = stackLayers(resolved.layers);
    if (problems.length > 0) throw broken(resolved, problems);
    const policy = await this.loadStack(layers, reader);
    const { kind, value } = resolved.layers[0]!.selector;
    if (kind !== 'channel') return policy;
    return { ...policy, identity: { ...policy.identity, channel: value } };
  }

  /** From memory, from KV, or from the texts themselves. */
  private async loadStack(layers: readonly StackedLayer[], reader: string): Promise<LoadedPolicy> {
    const key = this.keyOf(layers);
    const known = this.cache.get(key) ?? (await this.stored(key));
    const policy = known ?? (await this.compile(layers, key, reader));
    this.cache.set(policy, key);
    return policy;
  }

  private async stored(key: string): Promise<LoadedPolicy | undefined> {
    const plan = await this.deps.plans?.get(key);
    try {
      return plan && loadPlan(plan);
    } catch {
      return undefined;
    }
  }

  private async compile(layers: readonly StackedLayer[], key: string, reader: string): Promise<LoadedPolicy> {
    const { library, requestHosts, plans, afterwards } = this.deps;
    const files = await readContents(databaseOf(this.deps), layers);
    const withFiles = layers.map((layer, index) => ({ ...layer, files: files[index]! }));
    const options = { library, ...(requestHosts !== undefined && { hosts: requestHosts }) };
    const { policy, diagnostics } = loadLayers(withFiles, options);
    if (policy === undefined) throw apart(layers, ownDiagnostics(diagnostics, layers, reader));
    if (plans !== undefined) afterwards(plans.put(key, storePlan(policy)));
    return policy;
  }

  /** Everything that the plan depends on; the organisation by itself, so that none meets another's. */
  private keyOf(layers: readonly StackedLayer[]): string {
    this.surroundings ??= this.describe();
    const parts = layers.map(({ org, policy, number, digest, bases }) => [
      org,
      policy,
      number,
      digest,
      bases,
    ]);
    const digest = sha256(JSON.stringify([this.surroundings, parts]));
    return `plan/${PLAN_FORMAT}/${layers[0]!.org}/${digest}`;
  }

  private describe(): string {
    const { library, requestHosts = [], version } = this.deps;
    return JSON.stringify([version, library.digest, [...requestHosts].sort()]);
  }
}

const hint = 'move the channel of the layer back, or publish a version that extends other layers';

function broken({ reference: { org, name } }: ResolvedPolicy, problems: readonly string[]): ProblemError {
  return new ProblemError('policy_error', `${org}/${name} cannot be decided by: ${problems.join('; ')}`, {
    hint,
  });
}

function apart(layers: readonly StackedLayer[], diagnostics: readonly DiagnosticJson[]): ProblemError {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  const names = layers.map(layerLabel).join(', ');
  const why = first === undefined ? '' : `: ${first.message}`;
  return new ProblemError('policy_error', `${names} do not go together${why}`, { diagnostics, hint });
}
