import { pinReferences, SentEvidence } from '../../../evidence/index.ts';
import type { Value } from '../../../values/index.ts';
import { decideSubmission, evidenceResolver, readSubmitted } from '../../decide-call.ts';
import type { OpenDecision } from '../../deciding/open-decision.ts';
import { openDoor } from '../../deciding/open-door.ts';
import {
  admissionAnswer,
  breaksGlass,
  waived,
  waivedAnswer,
  waivedUnread,
} from '../../kubernetes/admission-answer.ts';
import {
  type AdmissionAnswer,
  type AdmissionRequest,
  admissionResponse,
  readAdmissionReview,
  uidOf,
} from '../../kubernetes/admission-review.ts';
import { type AdmissionSettings, admissionSettings } from '../../kubernetes/admission-settings.ts';
import { withinDeadline } from '../../kubernetes/deadline.ts';
import { failureOf } from '../../kubernetes/failure.ts';
import { imagePatch, toBePinned } from '../../kubernetes/image-patch.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { decodeText, readBody } from '../../requests/body.ts';
import { readJson } from '../../requests/json-text.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { withTokenPath } from './token-path.ts';

/** A review that is to be answered by a policy. */
interface Reviewed {
  readonly request: AdmissionRequest;
  /** The whole review, with numbers as they are written. */
  readonly review: Value;
  readonly decision: OpenDecision;
  readonly settings: AdmissionSettings;
}

type Answerer = (reviewed: Reviewed, services: Services) => Promise<AdmissionAnswer>;

const body = { 'application/json': { schema: ref('AdmissionReview') } };
const answers = {
  200: {
    description: 'The answer to the API server',
    content: { 'application/json': ref('AdmissionReview') },
  },
};

/** The API server's webhooks. */
export const admissionRoutes: readonly Route[] = [
  ...withTokenPath({
    method: 'POST',
    path: '/admission/{org}/{policy}/validate',
    access: 'decision',
    operation: {
      id: 'admissionValidate',
      summary: 'Decide upon an AdmissionReview',
      description: 'What goes wrong is a denial too, with the reason in `status`.',
      ...{ body, answers, problems: ['invalid_json', 'too_large'] },
    },
    handle: (context, services) => answerReview(context, services, validate),
  }),
  ...withTokenPath({
    method: 'POST',
    path: '/admission/{org}/{policy}/mutate',
    access: 'decision',
    operation: {
      id: 'admissionMutate',
      summary: 'Pin the images of an AdmissionReview',
      description: 'Answers with a JSON Patch that puts the digest behind each tag.',
      ...{ body, answers, problems: ['invalid_json', 'too_large'] },
    },
    handle: (context, services) => answerReview(context, services, mutate),
  }),
];

/** Whatever is wrong with a request that has a uid is a denial of it; a body without JSON is a problem. */
async function answerReview(
  context: RequestContext,
  services: Services,
  answer: Answerer,
): Promise<Response> {
  const { json, valueAt } = readJson(decodeText(await readBody(context.req.raw), 'the body'));
  const read = readAdmissionReview(json);
  if (typeof read === 'string')
    return admissionResponse(uidOf(json), { allowed: false, code: 400, message: read });
  const { apiVersion, request } = read;
  try {
    const work = openDoor(context, services).then(decision => {
      const settings = settingsOf(decision);
      const waiver = waivedUnread(request, settings);
      if (waiver !== undefined) return waivedAnswer(waiver);
      return answer({ request, review: valueAt()!, decision, settings }, services);
    });
    return admissionResponse(request.uid, await withinDeadline(deadlineOf(context), work), apiVersion);
  } catch (error) {
    const { status, message } = failureOf(error, context);
    return admissionResponse(request.uid, { allowed: false, code: status, message }, apiVersion);
  }
}

/** Half a second before the API server gives up: it says in the query how long it waits, ten seconds if it does not. */
function deadlineOf(context: RequestContext): number {
  const seconds = /^(?<seconds>\d+)s$/u.exec(context.req.query('timeout') ?? '')?.groups?.['seconds'] ?? '10';
  return Number(seconds) * 1_000 - 500;
}

function settingsOf({ policies: [policy] }: OpenDecision): AdmissionSettings {
  const settings = admissionSettings(policy!);
  if (typeof settings !== 'string') return settings;
  throw new ProblemError('policy_error', settings);
}

const validate: Answerer = async ({ request, review, decision, settings }, services) => {
  const sent = { submission: { review }, evidence: SentEvidence.none };
  const verdict = await decideSubmission(services, decision, {
    ...{ sent, query: {}, door: 'admission' },
    dryRun: request.dryRun === true,
    admittedBy: found => waived(found, request, settings),
  });
  return admissionAnswer(verdict, waived(verdict, request, settings));
};

const mutate: Answerer = async ({ request, review, decision, settings }, services) => {
  const { images } = readSubmitted(decision.policies, { review });
  const open = toBePinned(images, request);
  const resolver = await evidenceResolver(services, decision.caller);
  const pinnings = await pinReferences([...new Set(open.map(({ ref }) => ref))], resolver);
  const failed = [...pinnings].flatMap(([ref, pinning]) =>
    pinning.status === 'pinned' ? [] : [`${ref}: ${pinning.reason}`],
  );
  if (failed.length === 0) return { allowed: true, patch: imagePatch(open, pinnings) };
  const message = ['images could not be pinned', ...failed].join('\n');
  if (!breaksGlass(request, settings)) return { allowed: false, message };
  return { ...waivedAnswer('break-glass'), warnings: [`let in by break-glass although ${message}`] };
};
