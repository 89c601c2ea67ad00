import type { Diagnostic, SourceFile } from '../base/index.ts';
import { isArray, isObject, ObjectValue } from '../values/index.ts';
import { problem, readObject } from './policy-data.ts';

/** A `policy.yaml`: policies of the library that make one policy together, and data for them. */
export interface PolicySet {
  readonly policies: readonly string[];
  readonly data: ObjectValue;
}

const keys: readonly string[] = ['title', 'description', 'policies', 'data'];

/** Undefined where the text is no such set: an unknown key may be a slip, and would leave a policy out. */
export function readPolicySet(source: SourceFile, problems: Diagnostic[]): PolicySet | undefined {
  const value = readObject(source, problems);
  if (value === undefined) return undefined;
  const unknown = value.keys().find(key => typeof key !== 'string' || !keys.includes(key));
  if (unknown !== undefined) return refuse(`unknown key ${JSON.stringify(unknown)}`);
  const policies = value.get('policies') ?? null;
  if (!isArray(policies) || policies.length === 0 || !policies.every(name => typeof name === 'string'))
    return refuse('policies must be a list of names');
  const data = value.get('data') ?? ObjectValue.empty;
  if (!isObject(data)) return refuse('data must be an object');
  return { policies, data };

  function refuse(message: string): undefined {
    problems.push(problem(source, message, `a policy.yaml holds ${keys.join(', ')}`));
    return undefined;
  }
}
