import { type Diagnostic, SourceFile } from '../base/index.ts';
import { type CompiledPolicy, compilePlan } from '../evaluate/index.ts';
import { checkPolicy, PLAN_FORMAT, type Plan, type PolicyFile, planPolicy } from '../language/index.ts';
import { fromJson, type JsonObject, ObjectValue, parseJson, stringify } from '../values/index.ts';
import { policyDigest } from './digest.ts';
import type { PolicyIdentity } from './verdict.ts';

/** A policy that can be run; made once for each digest. */
export interface LoadedPolicy {
  readonly identity: PolicyIdentity;
  readonly compiled: CompiledPolicy;
  readonly data: ObjectValue;
  readonly plan: Plan;
  /** Patterns of the hosts that its rules may reach (`http.send`, `net.lookup_ip_addr`); none where absent. */
  readonly hosts?: readonly string[];
  /** Rules that no exemption object lifts, by full name, with the layer that locks each: `acme/baseline@7`. */
  readonly locked?: Readonly<Record<string, string>>;
}

export interface PolicyInput {
  readonly name: string;
  readonly files: readonly PolicyFile[];
  /** What `data` holds beside the rules. */
  readonly data?: JsonObject | ObjectValue;
  readonly hosts?: readonly string[];
  /** Where it is known already; otherwise it is made of files and data. */
  readonly digest?: string;
}

/** A loaded policy as JSON, to be kept by its digest. */
export interface StoredPlan {
  readonly format: 1;
  readonly identity: PolicyIdentity;
  readonly plan: Plan;
  /** JSON text, so that no number loses a digit. */
  readonly data: string;
  readonly hosts?: readonly string[];
  readonly locked?: Readonly<Record<string, string>>;
}

/**
 * The policy, ready to run, and what there is to say about its texts; no policy where that holds an
 * error. A policy that decides nothing is an error: it would let everything pass.
 */
export function loadPolicy(input: PolicyInput): {
  readonly policy?: LoadedPolicy;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { checked, diagnostics } = checkPolicy(input.files);
  if (checked === undefined) return { diagnostics };
  const plan = planPolicy(checked);
  if (!decidesSomething(plan)) return { diagnostics: [...diagnostics, decidesNothing(input)] };
  const data = toData(input.data);
  const { hosts = [] } = input;
  const digest = input.digest ?? policyDigest(input.files, data, hosts);
  const identity = { name: input.name, digest };
  return { policy: { identity, compiled: compilePlan(plan), data, plan, ...reach(hosts) }, diagnostics };
}

/** The policy as JSON, for `loadPlan`. */
export function storePlan(policy: LoadedPolicy): StoredPlan {
  const { identity, plan, data, hosts, locked } = policy;
  return { format: 1, identity, plan, data: stringify(data), ...reach(hosts), ...(locked && { locked }) };
}

/** The policy of a stored plan; nothing is parsed or checked. Throws where the format is another. */
export function loadPlan(stored: StoredPlan): LoadedPolicy {
  const { format, identity, plan, locked } = stored;
  if (format !== 1 || plan.format !== PLAN_FORMAT)
    throw new Error(`stored plan has format ${format}.${plan.format}, not 1.${PLAN_FORMAT}`);
  const data = parseJson(stored.data);
  if (!(data instanceof ObjectValue)) throw new Error('data of a stored plan is not an object');
  return {
    identity,
    compiled: compilePlan(plan),
    data,
    plan,
    ...reach(stored.hosts),
    ...(locked && { locked }),
  };
}

function reach(hosts: readonly string[] = []): { readonly hosts?: readonly string[] } {
  return hosts.length > 0 ? { hosts } : {};
}

function toData(data: PolicyInput['data']): ObjectValue {
  if (data instanceof ObjectValue) return data;
  return data === undefined ? ObjectValue.empty : (fromJson(data) as ObjectValue);
}

/** Exemptions alone decide nothing. */
function decidesSomething(plan: Plan): boolean {
  return plan.decisions.some(decisions => decisions.rules.some(rule => rule.kind !== 'exempt'));
}

function decidesNothing({ name, files }: PolicyInput): Diagnostic {
  const source = files[0]?.source ?? new SourceFile(name, '');
  const start = Math.max(0, source.text.search(/^package\b/mu));
  const length = source.text.slice(start).search(/\r?\n|$/u);
  return {
    code: 'rego_compile_error',
    severity: 'error',
    message: `policy ${JSON.stringify(name)} decides nothing`,
    source,
    span: { start, end: start + length },
    hint: 'add an image statement, or a rule named deny, violation, warn or allow',
  };
}
