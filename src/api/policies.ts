import { type Diagnostic, SourceFile, sortDiagnostics, toDiagnosticJson } from '../base/index.ts';
import {
  type LoadedPolicy,
  loadPolicy,
  type PolicyCache,
  type PolicyInput,
  policyDigest,
} from '../decide/index.ts';
import type { PolicyFile } from '../language/index.ts';
import { fromJson, ObjectValue } from '../values/index.ts';
import { hintOf } from './closest.ts';
import type { PolicyLibrary } from './library.ts';
import { ProblemError } from './problem.ts';
import type { InlineChoice, PolicyChoice } from './requests/policy-choice.ts';

export interface CheckedPolicy {
  /** Absent where a diagnostic is an error. */
  readonly policy?: LoadedPolicy;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds and loads the policies that requests name or bring, each compiled once for its digest. */
export class Policies {
  private readonly library: PolicyLibrary;
  private readonly cache: PolicyCache;
  /** Policies of the library that have been asked for, with their digests. */
  private readonly known = new Map<string, DigestedInput>();

  constructor(library: PolicyLibrary, cache: PolicyCache) {
    this.library = library;
    this.cache = cache;
  }

  get names(): readonly string[] {
    return this.library.names;
  }

  /** The policies, ready to decide; throws a ProblemError where one is unknown or does not compile. */
  load(choices: readonly PolicyChoice[]): readonly LoadedPolicy[] {
    const checked = this.inputs(choices).map(input => this.cached(input) ?? this.compile(input));
    const policies = checked.flatMap(each => each.policy ?? []);
    if (policies.length === checked.length) return policies;
    const diagnostics = checked.flatMap(each => (each.policy === undefined ? each.diagnostics : []));
    const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error');
    const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
    throw new ProblemError('policy_error', `the policy has ${count}: ${errors[0]?.message ?? 'unknown'}`, {
      diagnostics: sortDiagnostics(diagnostics).map(toDiagnosticJson),
    });
  }

  /** Compiles anew, to have everything there is to say; throws only where a policy is unknown. */
  check(choices: readonly PolicyChoice[]): readonly CheckedPolicy[] {
    return this.inputs(choices).map(input => this.compile(input));
  }

  private inputs(choices: readonly PolicyChoice[]): readonly DigestedInput[] {
    if (choices.length === 0) throw this.missing();
    return choices.map(choice => (typeof choice === 'string' ? this.named(choice) : inlineInput(choice)));
  }

  private named(name: string): DigestedInput {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const found = this.library.find(name);
    if (found === undefined) throw this.unknown(name);
    const input = withDigest(found);
    this.known.set(name, input);
    return input;
  }

  /** Equal policies are one, whatever they are called. */
  private cached({ name, digest }: DigestedInput): CheckedPolicy | undefined {
    const policy = this.cache.get(digest);
    if (policy === undefined) return undefined;
    return { policy: { ...policy, identity: { ...policy.identity, name } }, diagnostics: [] };
  }

  private compile(input: DigestedInput): CheckedPolicy {
    const checked = loadPolicy(input);
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

type DigestedInput = PolicyInput & { readonly digest: string };

function withDigest(input: PolicyInput): DigestedInput {
  const data = toData(input.data);
  return { ...input, data, digest: input.digest ?? policyDigest(input.files, data) };
}

function inlineInput({ modules, data, rego }: InlineChoice): DigestedInput {
  const files = modules.map(([path, text]) => toFile(path, text, rego));
  return withDigest({ name: 'inline', files, ...(data !== undefined && { data }) });
}

function toFile(path: string, text: string, version: InlineChoice['rego']): PolicyFile {
  const source = new SourceFile(path, text);
  if (path.endsWith('.policy')) return { source, dialect: 'policy' };
  return { source, dialect: 'rego', ...(version !== undefined && { version }) };
}

function toData(data: PolicyInput['data']): ObjectValue {
  if (data instanceof ObjectValue) return data;
  return data === undefined ? ObjectValue.empty : (fromJson(data) as ObjectValue);
}
