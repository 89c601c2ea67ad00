import { type PolicyReference, parsePolicyReference } from '../../bundles/index.ts';
import { UsageError } from '../usage-error.ts';

/** The policy that `ORG/NAME` names; throws a UsageError where a text is none, or has a selector. */
export function readPolicyName(text: string | undefined): PolicyReference {
  if (text === undefined) throw new UsageError('no policy is given', 'name it: ORG/NAME');
  const reference = parsePolicyReference(text);
  if (reference !== undefined && reference.selector === undefined) return reference;
  throw new UsageError(
    `${JSON.stringify(text)} is no policy of an organisation`,
    'write ORG/NAME, such as acme/production',
  );
}

/** The address of a policy at a service. */
export function policyPath({ org, name }: PolicyReference): string {
  return `/v1/orgs/${org}/policies/${name}`;
}
