import {
  type Lock,
  lockedVersions,
  type PolicyReference,
  parsePolicyReference,
  writePolicyReference,
} from '../../bundles/index.ts';
import { type ResolvedPolicy, readDoor } from '../../store/index.ts';
import { provePrincipal } from '../access/admit.ts';
import { type Credential, readCredential } from '../access/credential.ts';
import type { Principal } from '../access/principal.ts';
import { refuseUsedUp } from '../access/quota.ts';
import { forbidden, unauthorized } from '../access/refusals.ts';
import { databaseOf } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import type { NamedChoice, PolicyChoice } from '../requests/policy-choice.ts';
import type { RequestContext } from '../route.ts';
import type { Services } from '../services.ts';
import { type Caller, callerOf } from './caller.ts';
import { mayDecide, maySee, mayUseForeign } from './sight.ts';
import { unknownChannel, unknownPolicy } from './unknown-policy.ts';

/** By what it is to be decided, and who asks. */
export interface DecisionQuestion {
  readonly choices: readonly PolicyChoice[];
  readonly credential?: Credential;
  /** The organisation of a CI identity, where no policy that is asked for says it. */
  readonly org?: string;
  readonly lock?: Lock;
}

/** A caller that may decide by all that it names. */
export interface Admitted {
  /** Absent where nobody is known to ask, which is let in by policies that are nobody's alone. */
  readonly caller?: Caller;
  /** For each choice what it stands for; undefined of what is the library's, or came with the request. */
  readonly resolved: readonly (ResolvedPolicy | undefined)[];
}

/** Who asks, by the headers of a request. */
export function askedBy(context: RequestContext): Pick<DecisionQuestion, 'credential' | 'org'> {
  const credential = readCredential(context.req.header('authorization'));
  const org = context.req.header('pratique-organisation');
  return { ...(credential && { credential }), ...(org !== undefined && { org }) };
}

/** Lets a caller in, by one read of the store, by none if it has no credential. Throws a ProblemError. */
export async function admitCaller(services: Services, question: DecisionQuestion): Promise<Admitted> {
  const references = question.choices.map(choice => referenceOf(choice, services));
  const asked = references.filter(reference => reference !== undefined);
  if (question.credential === undefined) {
    refuseUnknown(services, asked);
    return { resolved: references.map(() => undefined) };
  }
  const { caller, policies } = await readCaller(services, question, asked);
  const { principal } = caller;
  if (!mayDecide(principal)) throw forbidden('this needs the role evaluate');
  for (const policy of policies) await refuseUnlessSeen(services, principal, policy);
  return { caller, resolved: references.map(reference => reference && policies[asked.indexOf(reference)]) };
}

function refuseUnknown({ deps }: Services, asked: readonly PolicyReference[]): void {
  if (asked[0] !== undefined) throw unauthorized(`${writePolicyReference(asked[0])} needs a credential`);
  if (deps.anonymous !== true) throw unauthorized('without a credential nothing is decided here');
}

async function readCaller(
  services: Services,
  { credential, org, lock }: DecisionQuestion,
  asked: readonly PolicyReference[],
): Promise<{ readonly caller: Caller; readonly policies: readonly ResolvedPolicy[] }> {
  const { deps } = services;
  const now = deps.now();
  const place = org ?? asked[0]?.org;
  const who = credential?.kind === 'token' ? { token: credential.id } : place !== undefined && { org: place };
  const question = { ...who, policies: asked, ...(lock && { pins: lockedVersions(lock) }) };
  const door = await readDoor(databaseOf(deps), question, now);
  const principal = await provePrincipal(credential!, door, services);
  refuseUsedUp('decisions', door.used, now);
  return { caller: callerOf(principal, door, now), policies: door.policies };
}

/** The reference of a policy of an organisation; undefined of what is the library's, or came with the request. */
function referenceOf(choice: PolicyChoice, { policies }: Services): PolicyReference | undefined {
  if (!('name' in choice) || policies.has(choice.name)) return undefined;
  if (!choice.name.includes('/')) return undefined;
  const reference = parsePolicyReference(choice.name);
  if (reference !== undefined) refuseData(choice);
  return reference;
}

/** What an organisation has published is decided by as it is: data would change it. */
function refuseData({ name, data }: NamedChoice): void {
  if (data === undefined) return;
  throw new ProblemError('invalid_request', `data cannot be given to ${name}`, {
    errors: [{ pointer: '/policy/data', message: 'a policy of an organisation takes no data' }],
    hint: 'publish a policy that extends it and gives the parameters',
  });
}

/** Of a policy that the principal may not decide by there is nothing to be learnt. */
async function refuseUnlessSeen(
  { deps }: Services,
  principal: Principal,
  resolved: ResolvedPolicy,
): Promise<void> {
  const { reference, layers } = resolved;
  const { org, name: policy } = reference;
  const { visibility, shared, version } = layers[0]!;
  const isSeen =
    visibility !== undefined &&
    (org === principal.org
      ? maySee(principal, { org, policy, visibility })
      : shared && mayUseForeign(principal));
  if (!isSeen) throw unknownPolicy(writePolicyReference(reference), principal.org);
  if (version === undefined) throw await unknownChannel(databaseOf(deps), resolved);
}
