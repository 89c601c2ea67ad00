import * as z from 'zod';
import type { JsonObject } from '../../values/index.ts';
import { batchAnswer, checkAnswer, healthAnswer, problemBody } from '../schemas/answers.ts';
import { signingKeyAnswer, signingKeyListAnswer } from '../schemas/bundles.ts';
import { decisionAnswer, decisionListAnswer } from '../schemas/decisions.ts';
import { evidenceListAnswer } from '../schemas/evidence.ts';
import { exemptionAnswer, exemptionListAnswer, newExemptionBody } from '../schemas/exemptions.ts';
import * as kubernetes from '../schemas/kubernetes.ts';
import * as organisations from '../schemas/organisations.ts';
import * as policies from '../schemas/policies.ts';
import { batchBody, checkBody, evaluateBody, lockBody, submissionBody } from '../schemas/request.ts';
import { verdictBody } from '../schemas/verdict.ts';

const requests = [
  ...[evaluateBody, batchBody, checkBody, submissionBody],
  ...[organisations.newOrganisationBody, organisations.organisationChangeBody, organisations.newTokenBody],
  ...[organisations.newTrustRuleBody, organisations.registryBody, newExemptionBody],
  ...[policies.newVersionBody, policies.policyChangeBody, policies.channelBody, policies.moveDecisionBody],
  ...[policies.diffBody, policies.subscriptionBody, lockBody],
  ...[kubernetes.providerRequest, kubernetes.admissionReview],
];
const answers = [
  ...[verdictBody, batchAnswer, checkAnswer, healthAnswer, problemBody],
  ...[organisations.newOrganisationAnswer, organisations.organisationAnswer],
  ...[organisations.organisationListAnswer, organisations.issuedTokenAnswer, organisations.tokenListAnswer],
  ...[organisations.trustRuleAnswer, organisations.trustRuleListAnswer, organisations.registryListAnswer],
  ...[organisations.auditListAnswer, exemptionAnswer, exemptionListAnswer],
  ...[decisionAnswer, decisionListAnswer, evidenceListAnswer],
  ...[policies.publishedAnswer, policies.versionAnswer, policies.versionListAnswer, policies.policyAnswer],
  ...[policies.policyListAnswer, policies.channelAnswer, policies.moveAnswer, policies.diffAnswer],
  ...[policies.catalogueAnswer, policies.subscriptionAnswer, policies.subscriptionListAnswer],
  ...[signingKeyAnswer, signingKeyListAnswer],
  ...[kubernetes.providerResponseBody, kubernetes.admissionResponseBody],
];

/**
 * The schemas that validate requests and those of the answers as JSON Schema by name. Requests are
 * closed, since a misspelt field must not be passed over; answers may gain fields.
 */
export function schemaComponents(): JsonObject {
  const components = { ...namedSchemas(requests, false), ...namedSchemas(answers, true) };
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namedSchemas(schemas: readonly z.ZodType[], open: boolean): JsonObject {
  const { $defs } = z.toJSONSchema(z.union(schemas), {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (open && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const text = JSON.stringify($defs).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as JsonObject;
}
