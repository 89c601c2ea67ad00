import { type PolicyReference, parsePolicyReference } from '../../../bundles/index.ts';
import {
  createExemption,
  type ExemptibleRules,
  exemptibleRules,
  findOrganisation,
  mostExemptions,
  violates,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { may, type Principal } from '../../access/principal.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { hintOf } from '../../hint.ts';
import { ref } from '../../openapi/operation.ts';
import { type FieldError, ProblemError } from '../../problem.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import type { Route } from '../../route.ts';
import { type NewExemptionBody, newExemptionBody } from '../../schemas/exemptions.ts';
import { toAnswer } from './answer.ts';

const day = 86_400_000;

export const createExemptionRoute: Route = {
  method: 'POST',
  path: '/v1/orgs/{org}/exemptions',
  access: { role: 'approve', forSomePolicies: true },
  operation: {
    id: 'createExemption',
    summary: 'Exempt images from rules for a while',
    description:
      'It counts at once, in every decision of the organisation by the policy. The rules must be in the newest ' +
      'version of the policy or in one that a channel stands for, and not be locked.',
    body: {
      'application/json': {
        schema: ref('NewExemption'),
        example: {
          policy: 'acme/production',
          owner: 'team-shop',
          reason: 'moves to the new registry in the next sprint',
          ticket: 'OPS-212',
          images: ['docker.io/library/redis'],
          rules: ['acme.production.deny_registry'],
          expires_at: '2027-01-31T00:00:00Z',
        },
      },
    },
    answers: { 201: { description: 'It counts now', content: { 'application/json': ref('Exemption') } } },
    problems: ['invalid_json', 'invalid_request', 'quota_exceeded'],
  },

  async handle(context, { deps }) {
    const principal = principalOf(context);
    const body = await readJsonBody(context.req.raw, newExemptionBody);
    const database = databaseOf(deps);
    const reference = referenceOf(body, principal);
    const [rules, organisation] = await Promise.all([
      exemptibleRules(database, principal.org, reference),
      findOrganisation(database, principal.org),
    ]);
    if (rules === undefined || organisation === undefined) throw notFound();
    refuseRules(body.rules, rules);
    const now = deps.now();
    const times = timesOf(body, organisation.settings.exemptionDays, now);
    const { policy, owner, reason, ticket, namespaces, indeterminate } = body;
    const exemption = await createExemption(
      database,
      {
        ...{ org: principal.org, createdBy: principal.identity },
        ...{ policy, owner, reason, indeterminate, ...times },
        rules: [...new Set(body.rules)],
        images: [...new Set([...body.images, ...body.digests])],
        ...(ticket !== undefined && { ticket }),
        ...(namespaces !== undefined && { namespaces }),
      },
      now,
    ).catch(refuseMore);
    return Response.json(toAnswer(exemption, now), {
      status: 201,
      headers: { location: `/v1/orgs/${principal.org}/exemptions/${exemption.id}` },
    });
  },
};

/** The policy, if the caller may approve for it: for another organisation's only who may for all of its own. */
function referenceOf({ policy }: NewExemptionBody, principal: Principal): PolicyReference {
  const reference = parsePolicyReference(policy);
  if (reference === undefined)
    throw refusal([{ pointer: '/policy', message: 'expected a policy of an organisation: acme/production' }]);
  const { org } = principal;
  const target = reference.org === org ? { org, policy: reference.name } : { org };
  if (!may(principal, 'approve', target)) throw notFound();
  return reference;
}

function refuseRules(names: readonly string[], { rules, locked }: ExemptibleRules): void {
  const errors = names.flatMap((name, index): FieldError[] => {
    const pointer = `/rules/${index}`;
    if (!rules.has(name))
      return [{ pointer, message: `the policy has no rule ${name}`, ...hintOf(name, rules) }];
    return locked.has(name) ? [{ pointer, message: `${name} is locked: no exemption lifts it` }] : [];
  });
  if (errors.length > 0) throw refusal(errors);
}

/** An exemption ends after it begins, and no later than the organisation has set. */
function timesOf({ starts_at, expires_at }: NewExemptionBody, days: number, now: number) {
  const startsAt = starts_at === undefined ? now : Date.parse(starts_at);
  const expiresAt = Date.parse(expires_at);
  const pointer = '/expires_at';
  if (expiresAt <= now) throw refusal([{ pointer, message: 'it is already over' }]);
  if (expiresAt <= startsAt) throw refusal([{ pointer, message: 'it ends before it begins' }]);
  if (expiresAt > now + days * day)
    throw refusal([{ pointer, message: `it is more than ${days} days from now, the most that is allowed` }]);
  return { startsAt, expiresAt };
}

function refusal(errors: readonly FieldError[]): ProblemError {
  const [first] = errors;
  return new ProblemError('invalid_request', `${first?.pointer}: ${first?.message}`, { errors });
}

function refuseMore(error: unknown): never {
  if (!violates(error, 'exemptions.owner')) throw error;
  throw new ProblemError(
    'quota_exceeded',
    `the organisation has ${mostExemptions} exemptions that have not ended`,
    { hint: 'revoke those that are not used: GET …/exemptions?unused=30d' },
  );
}
