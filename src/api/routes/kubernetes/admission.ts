import type { LoadedPolicy, Verdict } from '../../../decide/index.ts';
import { pinReferences, SentEvidence } from '../../../evidence/index.ts';
import type { Image } from '../../../images/index.ts';
import type { ObjectValue } from '../../../values/index.ts';
import { decideSubmission, evidenceResolver, extractorsOf, readSubmitted } from '../../decide-call.ts';
import type { OpenDecision } from '../../deciding/open-decision.ts';
import { openDoor } from '../../deciding/open-door.ts';
import {
  admissionAnswer,
  breaksGlass,
  type Waiver,
  waived,
  waivedAnswer,
  waivedUnread,
} from '../../kubernetes/admission-answer.ts';
import {
  type AdmissionAnswer,
  type AdmissionRequest,
  type AdmissionReview,
  admissionResponse,
  readAdmissionReview,
} from '../../kubernetes/admission-review.ts';
import { type AdmissionSettings, admissionSettings } from '../../kubernetes/admission-settings.ts';
import { changedImages } from '../../kubernetes/changed-images.ts';
import { withinDeadline } from '../../kubernetes/deadline.ts';
import { imagePatch } from '../../kubernetes/image-patch.ts';
import { ReviewBody, reviewRefusal } from '../../kubernetes/review-refusal.ts';
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
  readonly review: ObjectValue;
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
      ...{ body, answers, problems: [] },
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
      ...{ body, answers, problems: [] },
    },
    handle: (context, services) => answerReview(context, services, mutate),
  }),
];

/** Never anything but an AdmissionReview, and never later than the API server waits. */
async function answerReview(
  context: RequestContext,
  services: Services,
  answer: Answerer,
): Promise<Response> {
  const { raw } = context.req;
  const body = new ReviewBody(raw);
  let apiVersion: AdmissionReview['apiVersion'] | undefined;
  try {
    const bytes = await readBody({ headers: raw.headers, body });
    const { json, valueAt } = readJson(decodeText(bytes, 'the body'));
    const read = readAdmissionReview(json);
    if (typeof read === 'string') throw new ProblemError('invalid_request', read);
    const { request } = read;
    apiVersion = read.apiVersion;
    const work = openDoor(context, services).then(decision => {
      const settings = settingsOf(decision);
      const waiver = waivedUnread(request, settings);
      if (waiver !== undefined) return waivedAnswer(waiver);
      return answer({ request, review: valueAt() as ObjectValue, decision, settings }, services);
    });
    return admissionResponse(request.uid, await withinDeadline(deadlineOf(context), work), apiVersion);
  } catch (error) {
    return reviewRefusal(context, error, body, apiVersion);
  }
}

/** What the API server waits for at most, in seconds, and if it does not say. */
const LONGEST = 30;
const UNSAID = 10;

/** Half a second before the API server gives up: it says in the query how long it waits. */
function deadlineOf(context: RequestContext): number {
  const said = /^(?<seconds>\d+)s$/u.exec(context.req.query('timeout') ?? '')?.groups?.['seconds'];
  return Math.min(Math.max(Number(said ?? UNSAID), 1), LONGEST) * 1_000 - 500;
}

function settingsOf({ policies: [policy] }: OpenDecision): AdmissionSettings {
  const settings = admissionSettings(policy!);
  if (typeof settings !== 'string') return settings;
  throw new ProblemError('policy_error', settings);
}

const validate: Answerer = async (reviewed, services) => {
  const { request, review, decision, settings } = reviewed;
  const waiverOf = (found: Verdict) =>
    waived(found, request, settings, () => changesOf(review, decision.policies));
  const verdict = await decided(reviewed, services, waiverOf);
  return admissionAnswer(verdict, waiverOf(verdict));
};

const mutate: Answerer = async (reviewed, services) => {
  const { request, review, decision, settings } = reviewed;
  // A field outside of containers may be no more than a name, of what is to be built or watched.
  const open = changesOf(review, decision.policies).filter(image => image.container_type !== 'field');
  const resolver = await evidenceResolver(services, decision.caller);
  const pinnings = await pinReferences([...new Set(open.map(({ ref }) => ref))], resolver);
  const failed = [...pinnings].flatMap(([ref, pinning]) =>
    pinning.status === 'pinned' ? [] : [`${ref}: ${pinning.reason}`],
  );
  if (failed.length === 0) return { allowed: true, patch: imagePatch(open, pinnings) };
  const message = ['images could not be pinned', ...failed].join('\n');
  if (!breaksGlass(request, settings)) return { allowed: false, message };
  await decided(reviewed, services, () => 'break-glass');
  return { ...waivedAnswer('break-glass'), warnings: [`let in by break-glass although ${message}`] };
};

/** The verdict on a request, on record with why it is let in all the same. */
function decided(
  { request, review, decision }: Reviewed,
  services: Services,
  admittedBy: (verdict: Verdict) => Waiver | undefined,
): Promise<Verdict> {
  const sent = { submission: { review }, evidence: SentEvidence.none };
  const dryRun = request.dryRun === true;
  return decideSubmission(services, decision, { sent, query: {}, door: 'admission', dryRun, admittedBy });
}

/** The images that a request would have run anew. Throws a ProblemError where they cannot be read. */
function changesOf(review: ObjectValue, policies: readonly LoadedPolicy[]): readonly Image[] {
  const { images } = readSubmitted(policies, { review });
  return changedImages(review, images, extractorsOf(policies));
}
