import {
  createResolver,
  type EvidenceNeed,
  type EvidenceResolver,
  SentEvidence,
} from '../../src/evidence/index.ts';
import { evidenceAnswer } from '../../src/images/index.ts';
import { fromJson, isObject, type Json, type Value } from '../../src/values/index.ts';

/** What is known of the images of a case; nothing can be asked of the outside but what stands here. */
export interface CaseEvidence {
  /**
   * Answers as host functions give them, by kind of question (`resolve`, `signature`, `scan` …) and by the
   * normalised name of the image, or `*` for any: `{status: found, digest: …}`.
   */
  readonly answers?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** What is sent along with the request. */
  readonly evidence?: readonly { readonly type: string; readonly subject?: string; readonly content: Json }[];
}

/** Undefined where the case says nothing: then nothing can be asked. */
export function evidenceOf({ answers, evidence }: CaseEvidence, asOf: bigint): EvidenceResolver | undefined {
  if (answers === undefined && evidence === undefined) return undefined;
  const items = (evidence ?? []).map(item => ({ ...item, content: fromJson(item.content) }));
  const sent = createResolver(
    { fetch: () => Promise.reject(new Error('nothing is asked')), clock: () => 0 },
    { asOf, registry: { registries: [] }, sent: new SentEvidence(items) },
  );
  return {
    resolve: async needs => {
      const known = needs.flatMap(need => {
        const answer = answers === undefined ? undefined : answerTo(need, answers);
        return answer === undefined ? [] : [[need.key, answer] as const];
      });
      return new Map([...(await sent.resolve(needs)), ...known]);
    },
  };
}

/** Of a kind that has answers, an image that is not among them is absent. */
function answerTo(
  { kind, request }: EvidenceNeed,
  answers: NonNullable<CaseEvidence['answers']>,
): Value | undefined {
  const ofKind = answers[kind];
  if (ofKind === undefined) return undefined;
  const image = isObject(request) ? request.get('image') : undefined;
  const name = image !== undefined && isObject(image) ? image.get('name') : undefined;
  const answer = ofKind[String(name)] ?? ofKind['*'];
  return answer === undefined ? evidenceAnswer('absent', { reason: 'nothing is there' }) : fromJson(answer);
}
