import {
  changeOrganisation,
  findOrganisation,
  type Organisation,
  type OrganisationSettings,
  type QuotaKind,
  quotas,
  usedToday,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import type { Route } from '../../route.ts';
import { organisationChangeBody } from '../../schemas/organisations.ts';
import type { Services } from '../../services.ts';
import { summaryOf } from './organisations.ts';

const readRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}',
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'getOrganisation',
    summary: 'Settings of an organisation',
    description: 'And what it has used up of its quotas today.',
    answers: { 200: { description: 'As it is', content: { 'application/json': ref('Organisation') } } },
    problems: [],
  },

  async handle(context, { deps }) {
    const found = await findOrganisation(databaseOf(deps), principalOf(context).org);
    if (found === undefined) throw notFound();
    return Response.json(await shown(found, deps));
  },
};

const changeRoute: Route = {
  method: 'PATCH',
  path: '/v1/orgs/{org}',
  access: { role: 'admin' },
  operation: {
    id: 'changeOrganisation',
    summary: 'Change settings',
    description: 'Only what is named is changed.',
    body: {
      'application/json': {
        schema: ref('OrganisationChange'),
        example: { decision_log: { input: 'digest', retention_days: 30 } },
      },
    },
    answers: { 200: { description: 'As it is now', content: { 'application/json': ref('Organisation') } } },
    problems: ['invalid_json', 'invalid_request'],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const body = await readJsonBody(context.req.raw, organisationChangeBody);
    const { input, mask, retention_days: days } = body.decision_log ?? {};
    const settings: Partial<OrganisationSettings> = {
      ...(input !== undefined && { logInput: input }),
      ...(mask !== undefined && { maskedFields: mask }),
      ...(days !== undefined && { retentionDays: days }),
      ...(body.exemption_days !== undefined && { exemptionDays: body.exemption_days }),
    };
    const change = { org, actor: identity, settings, ...(body.title !== undefined && { title: body.title }) };
    const changed = await changeOrganisation(databaseOf(deps), change, deps.now());
    if (changed === undefined) throw notFound();
    return Response.json(await shown(changed, deps));
  },
};

export const settingsRoutes: readonly Route[] = [readRoute, changeRoute];

async function shown(organisation: Organisation, deps: Services['deps']) {
  const { logInput, maskedFields, retentionDays, exemptionDays } = organisation.settings;
  const rows = await usedToday(databaseOf(deps), organisation.name, deps.now());
  const used = new Map(rows.map(({ kind, count }) => [kind, count]));
  return {
    ...summaryOf(organisation),
    decision_log: { input: logInput, mask: maskedFields, retention_days: retentionDays },
    exemption_days: exemptionDays,
    quotas: Object.fromEntries(
      (Object.keys(quotas) as QuotaKind[]).map(kind => [
        kind,
        { limit: quotas[kind], used: used.get(kind) ?? 0 },
      ]),
    ),
  };
}
