import { limits } from '../../base/index.ts';
import type { Verdict } from '../../decide/index.ts';
import type { Json } from '../../values/index.ts';
import { decideSubmission, type Sent } from '../decide-call.ts';
import { askedBy } from '../deciding/admit-caller.ts';
import { openDecision } from '../deciding/open-decision.ts';
import type { VerdictEntry } from '../decision-log/record.ts';
import { ref } from '../openapi/operation.ts';
import { type Problem, ProblemError, problemOf } from '../problem.ts';
import { decodeText, readBody } from '../requests/body.ts';
import { mergedOptions, toSent } from '../requests/evaluate-call.ts';
import { type JsonBody, readJson } from '../requests/json-text.ts';
import { bodyKind } from '../requests/media-type.ts';
import { toChoices } from '../requests/policy-choice.ts';
import { type Query, readQuery } from '../requests/query.ts';
import { validate } from '../requests/validate.ts';
import type { Route } from '../route.ts';
import { batchBody, submissionBody } from '../schemas/request.ts';
import { decisionParameters, decisionProblems } from './decision-operation.ts';

export const batchRoute: Route = {
  method: 'POST',
  path: '/v1/batch',
  access: 'decision',
  operation: {
    id: 'batch',
    summary: 'Decide upon many submissions',
    description:
      `Decides upon up to ${limits.batch} submissions by one policy, each on its own: one that cannot be ` +
      'read gets a problem and leaves the others as they are.',
    parameters: decisionParameters.filter(({ name }) => name !== 'format'),
    body: {
      'application/json': {
        schema: ref('BatchRequest'),
        example: { policy: 'production', submissions: { web: { images: ['nginx'] } } },
      },
    },
    answers: {
      200: {
        description: 'A verdict or a problem for each id',
        content: { 'application/json': ref('BatchAnswer') },
      },
    },
    problems: decisionProblems,
  },

  async handle(context, services) {
    const query = readBatchQuery(context.req.url);
    bodyKind(context.req.raw, ['json']);
    const { json, valueAt } = readJson(decodeText(await readBody(context.req.raw), 'the body'));
    const body = validate(batchBody, json);
    const choices = toChoices(body.policy, query, valueAt);
    const decision = await openDecision(services, {
      choices,
      ...askedBy(context),
      ...(body.lock && { lock: body.lock }),
    });
    const options = mergedOptions(body.options, query);
    const summary = { allow: 0, deny: 0, indeterminate: 0, failed: 0 };
    const results = new Map<string, Verdict | Problem>();
    const entries: VerdictEntry[] = [];
    const call = {
      query: options,
      door: 'batch',
      record: (entry: VerdictEntry) => entries.push(entry),
    } as const;
    for (const [id, submission] of Object.entries(body.submissions)) {
      const result = await decideOne(
        submission,
        sent => decideSubmission(services, decision, { sent, ...call }),
        options,
        (...path) => valueAt('submissions', id, ...path),
      );
      summary['decision' in result ? result.decision : 'failed']++;
      results.set(id, result);
    }
    services.decisionLog.record(...entries);
    Object.assign(context.get('facts'), {
      batch: summary,
      policy: decision.policies.map(policy => policy.identity.digest),
    });
    const status = summary.allow === results.size ? 200 : (query.onDeny ?? 200);
    return Response.json({ summary, results: Object.fromEntries(results) }, { status });
  },
};

async function decideOne(
  submission: Json,
  decide: (sent: Sent) => Promise<Verdict>,
  query: Query,
  valueAt: JsonBody['valueAt'],
): Promise<Verdict | Problem> {
  try {
    return await decide(toSent(validate(submissionBody, submission), query, valueAt));
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    return problemOf(thrown);
  }
}

function readBatchQuery(url: string): Query {
  const query = readQuery(new URL(url).searchParams);
  if (query.format === undefined || query.format === 'json') return query;
  throw new ProblemError('invalid_query', 'format: a batch is answered as json', {
    errors: [{ pointer: 'format', message: 'a batch is answered as json' }],
  });
}
