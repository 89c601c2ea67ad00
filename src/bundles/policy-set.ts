import type { Diagnostic, SourceFile } from '../base/index.ts';
import { toHostPattern } from '../evidence/index.ts';
import { isArray, isObject, ObjectValue, stringify, type Value } from '../values/index.ts';
import { problem, readObject } from './policy-data.ts';

/**
 * A `policy.yaml`: policies of the library that make one policy together with what else is in the folder,
 * data for them, and the hosts that their rules may reach.
 */
export interface PolicySet {
  readonly policies: readonly string[];
  readonly data: ObjectValue;
  /** Patterns of `http.allow`, in lower case. */
  readonly hosts: readonly string[];
  readonly title?: string;
  readonly description?: string;
  /** The edition of the `.rego` files beside it, where it says one. */
  readonly version?: 'v0' | 'v1';
  /** References of policies of organisations that this one stands on. */
  readonly bases: readonly string[];
  /** What layers above may not lift or set: full names of rules, `parameters.NAME`; `all` rules. */
  readonly locked: 'all' | readonly string[];
}

const keys: readonly string[] = [
  'title',
  'description',
  'rego',
  'policies',
  'extends',
  'locked',
  'data',
  'http',
];

/** Undefined where the text is no such set: an unknown key may be a slip, and would leave a policy out. */
export function readPolicySet(source: SourceFile, problems: Diagnostic[]): PolicySet | undefined {
  const value = readObject(source, problems);
  if (value === undefined) return undefined;
  const unknown = value.keys().find(key => typeof key !== 'string' || !keys.includes(key));
  if (unknown !== undefined) return refuse(`unknown key ${JSON.stringify(unknown)}`);
  const policies = policiesOf(value);
  if (policies === undefined) return refuse('policies must be a list of names');
  const data = value.get('data') ?? ObjectValue.empty;
  if (!isObject(data)) return refuse('data must be an object');
  const hosts = hostsOf(value.get('http'));
  if (typeof hosts === 'string') return refuse(hosts);
  const bases = textsOf(value.get('extends'));
  if (bases === undefined) return refuse('extends must be a list of references: acme/baseline@stable');
  const locked = value.get('locked') === true ? 'all' : textsOf(value.get('locked'));
  if (locked === undefined) return refuse('locked must be true, or a list of rules and parameters');
  const [version, title, description] = [value.get('rego'), value.get('title'), value.get('description')];
  if (version !== undefined && version !== 'v0' && version !== 'v1') return refuse('rego must be v0 or v1');
  return {
    policies,
    data,
    hosts,
    bases,
    locked,
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    ...(version !== undefined && { version }),
  };

  function refuse(message: string): undefined {
    problems.push(problem(source, message, `a policy.yaml holds ${keys.join(', ')}`));
    return undefined;
  }
}

/** By these keys a set configures the files beside it, and needs no policies. */
const settings: readonly string[] = ['title', 'description', 'http', 'extends', 'locked', 'rego'];

function policiesOf(value: ObjectValue): readonly string[] | undefined {
  const policies = value.get('policies') ?? (settings.some(key => value.has(key)) ? undefined : null);
  if (policies === undefined) return [];
  if (!isArray(policies) || policies.length === 0) return undefined;
  return policies.every(name => typeof name === 'string') ? policies : undefined;
}

function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  return isArray(value) && value.every(item => typeof item === 'string') ? value : undefined;
}

/** The hosts of `http: { allow: [...] }`, or what is wrong with it. */
function hostsOf(http: Value | undefined): readonly string[] | string {
  if (http === undefined) return [];
  const wrong = 'http must be an object with a list of hosts: allow';
  if (!isObject(http) || http.keys().some(key => key !== 'allow')) return wrong;
  const allow = http.get('allow');
  if (allow === undefined || !isArray(allow)) return wrong;
  const hosts: string[] = [];
  for (const text of allow) {
    const host = typeof text === 'string' ? toHostPattern(text) : undefined;
    if (host === undefined) return `http.allow: no host: ${stringify(text)}; write api.acme.io or *.acme.io`;
    hosts.push(host);
  }
  return hosts;
}
