import { type Diagnostic, limits, SourceFile, sortDiagnostics, toDiagnosticJson } from '../base/index.ts';
import {
  isPolicyPart,
  type PolicyLibrary,
  type PolicySource,
  type ReadPolicy,
  readLibraryPolicy,
  readPolicy,
} from '../bundles/index.ts';
import { type LoadedPolicy, loadPolicy, type PolicyCache } from '../decide/index.ts';
import { type ObjectValue, stringify } from '../values/index.ts';
import type { AppDeps } from './deps.ts';
import { hintOf } from './hint.ts';
import { ProblemError } from './problem.ts';
import type { InlineChoice, NamedChoice, PolicyChoice } from './requests/policy-choice.ts';

export interface CheckedPolicy {
  /** Absent where a diagnostic is an error. */
  readonly policy?: LoadedPolicy;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds and loads the policies that requests name or bring, each compiled once for its digest. */
export class Policies {
  private readonly library: PolicyLibrary;
  private readonly cache: PolicyCache;
  private readonly record: AppDeps['record'];
  private readonly requestHosts: readonly string[];
  /** Policies of the library that have been asked for, with their digests. */
  private readonly known = new Map<string, PolicySource>();

  constructor({ library, cache, record, requestHosts = [] }: AppDeps) {
    this.library = library;
    this.cache = cache;
    this.record = record;
    this.requestHosts = requestHosts;
  }

  get names(): readonly string[] {
    return this.library.names;
  }

  /** Whether the library has a policy of this name. */
  has(name: string): boolean {
    return this.library.find(name) !== undefined;
  }

  /** The policies, ready to decide; throws a ProblemError where one is unknown or does not compile. */
  load(choices: readonly PolicyChoice[]): readonly LoadedPolicy[] {
    const checked = this.sources(choices).map(source => this.cached(source) ?? this.compile(source));
    const policies = checked.flatMap(each => each.policy ?? []);
    if (policies.length === checked.length) return policies;
    throw policyError(checked.flatMap(each => (each.policy === undefined ? each.diagnostics : [])));
  }

  /** Compiles anew, to have everything there is to say; throws only where a policy is unknown. */
  check(choices: readonly PolicyChoice[]): readonly CheckedPolicy[] {
    return this.sources(choices).map(source => this.compile(source));
  }

  private sources(choices: readonly PolicyChoice[]): readonly PolicySource[] {
    if (choices.length === 0) throw this.missing();
    return choices.map(choice => ('name' in choice ? this.named(choice) : this.inline(choice)));
  }

  private named({ name, data }: NamedChoice): PolicySource {
    const known = data === undefined ? this.known.get(name) : undefined;
    if (known !== undefined) return known;
    const read = readLibraryPolicy(name, this.library, dataOption(data));
    if (read === undefined) throw this.unknown(name);
    const source = sourceOf(read);
    if (data !== undefined) return source;
    this.known.set(name, source);
    this.record(source);
    return source;
  }

  private inline({ modules, data, rego }: InlineChoice): PolicySource {
    refuseNames(modules.map(([path]) => path));
    refuseLength(modules);
    const files = modules.map(([path, text]) => ({ path, text }));
    return sourceOf(
      readPolicy('inline', files, {
        library: this.library,
        hosts: this.requestHosts,
        ...(rego !== undefined && { version: rego }),
        ...dataOption(data),
      }),
    );
  }

  /** Equal policies are one, whatever they are called. */
  private cached({ name, digest }: PolicySource): CheckedPolicy | undefined {
    const policy = this.cache.get(digest);
    if (policy === undefined) return undefined;
    return { policy: { ...policy, identity: { ...policy.identity, name } }, diagnostics: [] };
  }

  private compile(source: PolicySource): CheckedPolicy {
    const checked = loadPolicy(source);
    if (checked.policy !== undefined) this.cache.set(checked.policy);
    return checked;
  }

  private missing(): ProblemError {
    return new ProblemError(
      'policy_missing',
      `name a policy, as "policy" in the body or the query string: ${this.names.join(', ')}`,
      { available: this.names },
    );
  }

  private unknown(name: string): ProblemError {
    return new ProblemError('unknown_policy', `there is no policy ${JSON.stringify(name)}`, {
      ...hintOf(name, this.names),
      available: this.names,
    });
  }
}

function dataOption(data: ObjectValue | undefined) {
  return data === undefined ? {} : { data: [new SourceFile('data', stringify(data))] };
}

function sourceOf({ policy, problems }: ReadPolicy): PolicySource {
  if (policy === undefined) throw policyError(problems);
  return policy;
}

function policyError(diagnostics: readonly Diagnostic[]): ProblemError {
  const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  return new ProblemError('policy_error', `the policy has ${count}: ${errors[0]?.message ?? 'unknown'}`, {
    diagnostics: sortDiagnostics(diagnostics).map(toDiagnosticJson),
  });
}

/** What is no policy by its name would be passed over; a rule that is passed over denies nothing. */
function refuseNames(paths: readonly string[]): void {
  const wrong = paths.find(path => !isPolicyPart(path));
  if (wrong === undefined) return;
  throw new ProblemError('invalid_request', `${JSON.stringify(wrong)} is not the name of a policy file`, {
    errors: [{ pointer: 'modules', message: `no policy by its name: ${wrong}` }],
    hint: 'names end in .policy or .rego; _test.rego is for tests, which do not come with a request',
  });
}

function refuseLength(modules: InlineChoice['modules']): void {
  const long = modules.find(([, text]) => new TextEncoder().encode(text).byteLength > limits.policyBytes);
  if (long === undefined) return;
  throw new ProblemError('limit_exceeded', `${long[0]} is longer than ${limits.policyBytes} bytes`, {
    limit: 'policyBytes',
  });
}
