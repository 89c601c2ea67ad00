import type { ResolvedPolicy } from '../../store/index.ts';
import { readCredential } from '../access/credential.ts';
import { unauthorized } from '../access/refusals.ts';
import type { RequestContext } from '../route.ts';
import type { Services } from '../services.ts';
import { admitCaller, askedBy, type DecisionQuestion } from './admit-caller.ts';
import { type OpenDecision, openDecision } from './open-decision.ts';
import { unknownPolicy } from './unknown-policy.ts';

/**
 * The policy that the path names as `{org}` and `{policy}`, for whoever the credential proves: that at the end
 * of the path, for clients that can send no header, or else that of the header. Throws a ProblemError.
 */
export function openDoor(context: RequestContext, services: Services): Promise<OpenDecision> {
  return openDecision(services, questionOf(context));
}

/** The same without loading it. */
export async function admittedPolicy(context: RequestContext, services: Services): Promise<ResolvedPolicy> {
  const question = questionOf(context);
  const [policy] = (await admitCaller(services, question)).resolved;
  if (policy !== undefined) return policy;
  throw unknownPolicy((question.choices[0] as { readonly name: string }).name);
}

function questionOf(context: RequestContext): DecisionQuestion {
  const { org = '', policy = '', token } = context.req.param() as Readonly<Record<string, string>>;
  const credential = token === undefined ? askedBy(context).credential : readCredential(`Bearer ${token}`);
  if (credential === undefined) throw unauthorized('this address needs a credential');
  return { choices: [{ name: `${org}/${policy}` }], org, credential };
}
