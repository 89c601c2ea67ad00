import { formatVerdict, type Verdict } from '../../decide/index.ts';
import { decideSubmission } from '../decide-call.ts';
import { askedBy } from '../deciding/admit-caller.ts';
import { type OpenDecision, openDecision } from '../deciding/open-decision.ts';
import { ref } from '../openapi/operation.ts';
import { acceptedFormat } from '../requests/accept.ts';
import { readEvaluateCall } from '../requests/evaluate-call.ts';
import type { Route } from '../route.ts';
import { decisionParameters, decisionProblems, verdictContent } from './decision-operation.ts';

export const evaluateRoute: Route = {
  method: 'POST',
  path: '/v1/evaluate',
  access: 'decision',
  operation: {
    id: 'evaluate',
    summary: 'Decide upon images',
    description:
      'Decides whether the images of manifests, Dockerfiles, compose files and lists may run. A verdict is ' +
      'answered with 200 whatever it decides, unless `on_deny` says otherwise.',
    parameters: decisionParameters,
    body: {
      'application/json': {
        schema: ref('EvaluateRequest'),
        example: { policy: 'production', images: ['nginx'], context: { environment: 'production' } },
      },
      'application/yaml': { schema: { type: 'string', description: 'Kubernetes manifests' } },
      'text/plain': {
        schema: { type: 'string', description: 'Image references, one a line, # for comments' },
      },
      'multipart/form-data': {
        schema: {
          type: 'object',
          description:
            'Files to decide upon, recognised by name and content. Files in the fields `policy` and `data` ' +
            'are a policy of your own, those in `evidence` evidence, one in `lock` a lock; other fields are read as query parameters are.',
        },
      },
    },
    answers: { 200: { description: 'The verdict', content: verdictContent } },
    problems: decisionProblems,
  },

  async handle(context, services) {
    const format = acceptedFormat(context.req.header('accept') ?? null);
    const { policies: choices, sent, query, lock } = await readEvaluateCall(context.req.raw);
    const decision = await openDecision(services, { choices, ...askedBy(context), ...(lock && { lock }) });
    const verdict = await decideSubmission(services, decision, { sent, query, door: 'evaluate' });
    Object.assign(context.get('facts'), factsOf(verdict, decision));
    const { body, contentType } = formatVerdict(verdict, query.format ?? format, {
      asOfGiven: query.asOf !== undefined,
    });
    return new Response(body, {
      status: verdict.decision === 'allow' ? 200 : (query.onDeny ?? 200),
      headers: { 'content-type': contentType, vary: 'accept' },
    });
  },
};

/** What the log says of a verdict. */
export function factsOf(verdict: Verdict, { caller }: OpenDecision): Record<string, unknown> {
  return {
    ...(caller && { org: caller.principal.org, principal: caller.principal.identity }),
    decision_id: verdict.decision_id,
    decision: verdict.decision,
    policy: verdict.policy.map(policy => policy.digest),
    images: verdict.summary.images,
  };
}
