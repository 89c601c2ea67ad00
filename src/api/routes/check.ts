import { sortDiagnostics, toDiagnosticJson } from '../../base/index.ts';
import type { LoadedPolicy } from '../../decide/index.ts';
import { type Admitted, admitCaller, askedBy } from '../deciding/admit-caller.ts';
import { evidenceFunctions } from '../evidence-functions.ts';
import { ref } from '../openapi/operation.ts';
import type { CheckedPolicy } from '../policies.ts';
import { decodeText, readBody } from '../requests/body.ts';
import { readJson } from '../requests/json-text.ts';
import { bodyKind } from '../requests/media-type.ts';
import { namedChoices, type PolicyChoice, toChoices } from '../requests/policy-choice.ts';
import { type Query, readQuery } from '../requests/query.ts';
import { validate } from '../requests/validate.ts';
import type { Route } from '../route.ts';
import { checkBody } from '../schemas/request.ts';
import type { Services } from '../services.ts';
import { decisionParameters } from './decision-operation.ts';

export const checkRoute: Route = {
  method: 'POST',
  path: '/v1/check',
  access: 'decision',
  operation: {
    id: 'check',
    summary: 'Check a policy',
    description:
      'Compiles policies and says what is wrong with them, which rules they have and what evidence they can ' +
      'ask for. The answer is 200 whether or not they compile; `ok` says which.',
    parameters: decisionParameters.filter(({ name }) => name === 'policy'),
    body: {
      'application/json': {
        schema: ref('CheckRequest'),
        example: { policy: { modules: { 'acme.policy': 'package acme\n\ndeny tag "latest"\n' } } },
      },
      'text/plain': { schema: { type: 'string', description: 'The text of one policy file' } },
    },
    answers: { 200: { description: 'What was found', content: { 'application/json': ref('CheckAnswer') } } },
    problems: [
      'invalid_json',
      'invalid_request',
      'invalid_query',
      'invalid_encoding',
      'policy_missing',
      'unauthorized',
      'forbidden',
      'unknown_policy',
      'unknown_channel',
      'too_large',
      'unsupported_media_type',
    ],
  },

  async handle(context, services) {
    const choices = await readChoices(context.req.raw);
    const admitted = await admitCaller(services, { choices, ...askedBy(context) });
    const checked = await checkAll(services, choices, admitted);
    const diagnostics = checked.flatMap(each => each.diagnostics);
    return Response.json({
      ok: checked.every(each => each.policy !== undefined),
      diagnostics: sortDiagnostics(diagnostics).map(toDiagnosticJson),
      policies: checked.flatMap(({ policy }) => (policy === undefined ? [] : [describe(policy)])),
    });
  },
};

/** What an organisation has published compiles: there is nothing to say of it but what is in it. */
async function checkAll(
  { policies, organisationPolicies }: Services,
  choices: readonly PolicyChoice[],
  { caller, resolved }: Admitted,
): Promise<readonly CheckedPolicy[]> {
  if (choices.length === 0) return policies.check(choices);
  return Promise.all(
    choices.map(async (choice, index) => {
      const own = resolved[index];
      if (own === undefined) return policies.check([choice])[0]!;
      return { policy: await organisationPolicies.load(own, caller!.principal.org), diagnostics: [] };
    }),
  );
}

async function readChoices(request: Request): Promise<readonly PolicyChoice[]> {
  const query = readQuery(new URL(request.url).searchParams, ['policy']);
  const kind = bodyKind(request, ['json', 'list']);
  const text = decodeText(await readBody(request), 'the body');
  if (kind === 'list') return [...namedChoices(query), { modules: [['body.policy', text]] }];
  return fromJson(text, query);
}

function fromJson(text: string, query: Query): readonly PolicyChoice[] {
  const { json, valueAt } = readJson(text);
  return toChoices(validate(checkBody, json).policy, query, valueAt);
}

function describe({ identity, plan }: LoadedPolicy) {
  return {
    ...identity,
    packages: plan.decisions.map(({ path, rules, ...decisions }) => ({
      path: path.join('.'),
      ...decisions,
      // The scope of a statement is a rule that was generated; it has no name for people.
      rules: rules.map(({ scopeRule: _, ...rule }) => rule),
    })),
    evidence: evidenceFunctions(plan),
  };
}
