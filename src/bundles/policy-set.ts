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
}

const keys: readonly string[] = ['title', 'description', 'policies', 'data', 'http'];

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
  return typeof hosts === 'string' ? refuse(hosts) : { policies, data, hosts };

  function refuse(message: string): undefined {
    problems.push(problem(source, message, `a policy.yaml holds ${keys.join(', ')}`));
    return undefined;
  }
}

/** Only what configures the files beside it, with `http`, needs no policies. */
function policiesOf(value: ObjectValue): readonly string[] | undefined {
  const policies = value.get('policies') ?? (value.has('http') ? undefined : null);
  if (policies === undefined) return [];
  if (!isArray(policies) || policies.length === 0) return undefined;
  return policies.every(name => typeof name === 'string') ? policies : undefined;
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
