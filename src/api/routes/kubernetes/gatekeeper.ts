import { pinReferences, SentEvidence } from '../../../evidence/index.ts';
import { decideSubmission, evidenceResolver } from '../../decide-call.ts';
import type { OpenDecision } from '../../deciding/open-decision.ts';
import { openDoor } from '../../deciding/open-door.ts';
import { withinDeadline } from '../../kubernetes/deadline.ts';
import { failureOf } from '../../kubernetes/failure.ts';
import { keyAnswers, pinAnswers } from '../../kubernetes/key-answers.ts';
import {
  type ProviderAnswer,
  type ProviderRequest,
  providerResponse,
  readProviderRequest,
} from '../../kubernetes/provider.ts';
import { ref } from '../../openapi/operation.ts';
import { decodeText, readBody } from '../../requests/body.ts';
import { readJson } from '../../requests/json-text.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { withTokenPath } from './token-path.ts';

/** Below the three seconds that Gatekeeper's webhook has in all. */
const DEADLINE = 2_000;

type Answerer = (
  keys: readonly string[],
  decision: OpenDecision,
  services: Services,
) => Promise<ProviderAnswer>;

const body = { 'application/json': { schema: ref('ProviderRequest') } };
const answers = {
  200: { description: 'Whatever happened', content: { 'application/json': ref('ProviderResponse') } },
};

/** Gatekeeper's external data. */
export const gatekeeperRoutes: readonly Route[] = [
  ...withTokenPath({
    method: 'POST',
    path: '/gatekeeper/{org}/{policy}/validate',
    access: 'decision',
    operation: {
      id: 'gatekeeperValidate',
      summary: 'A verdict on each key, for Gatekeeper',
      description:
        'Answers a ProviderRequest whose keys are image references. The status is always 200: what goes wrong is a ' +
        '`systemError`, and what is wrong with one key an `error` of it.',
      ...{ body, answers, problems: [] },
    },
    handle: (context, services) => answerProvider(context, services, decideKeys),
  }),
  ...withTokenPath({
    method: 'POST',
    path: '/gatekeeper/{org}/{policy}/mutate',
    access: 'decision',
    operation: {
      id: 'gatekeeperMutate',
      summary: 'References with digests, for Gatekeeper',
      description:
        'Answers each key with the reference and the digest that its tag stands for now; what has a digest is ' +
        'answered as it is.',
      ...{ body, answers, problems: [] },
    },
    handle: (context, services) => answerProvider(context, services, pinKeys),
  }),
];

/** Never anything but a ProviderResponse, and never later than Gatekeeper waits. */
async function answerProvider(
  context: RequestContext,
  services: Services,
  answer: Answerer,
): Promise<Response> {
  let request: ProviderRequest | string | undefined;
  try {
    request = readProviderRequest(readJson(decodeText(await readBody(context.req.raw), 'the body')).json);
    if (typeof request === 'string') return providerResponse({ items: [], systemError: request });
    const { apiVersion, keys } = request;
    const work = openDoor(context, services).then(decision => answer(keys, decision, services));
    return providerResponse(
      await withinDeadline(services.deps.providerDeadline ?? DEADLINE, work),
      apiVersion,
    );
  } catch (error) {
    const { message } = failureOf(error, context);
    const version = typeof request === 'object' ? request.apiVersion : undefined;
    return providerResponse({ items: [], systemError: message }, version);
  }
}

const decideKeys: Answerer = async (keys, decision, services) => {
  if (keys.length === 0) return { items: [] };
  const sent = { submission: { images: keys }, evidence: SentEvidence.none };
  const verdict = await decideSubmission(services, decision, { sent, query: {}, door: 'gatekeeper' });
  return keyAnswers(keys, verdict);
};

const pinKeys: Answerer = async (keys, { caller }, services) =>
  pinAnswers(await pinReferences(keys, await evidenceResolver(services, caller)));
