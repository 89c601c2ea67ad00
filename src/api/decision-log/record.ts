import { type ImageVerdict, sha256, type Verdict } from '../../decide/index.ts';
import type { EvidenceDocument } from '../../evidence/index.ts';
import { type Submission, toInput } from '../../manifests/index.ts';
import { type DecisionRecord, type OrganisationSettings, timeOfUlid } from '../../store/index.ts';
import {
  fromJson,
  type Json,
  ObjectBuilder,
  type ObjectValue,
  stringify,
  type Value,
} from '../../values/index.ts';
import { MaskedPlaces, maskPointers } from './masking.ts';
import { maskSecrets } from './secrets.ts';

/** A decision that an organisation is to have on record. */
export interface DecisionEntry {
  /** The organisation of the caller. */
  readonly org: string;
  readonly settings: OrganisationSettings;
  /** The identity of the principal. */
  readonly requester: string;
  readonly door: Door;
  readonly submission: Submission;
  /** What was sent along. */
  readonly sent: readonly EvidenceDocument[];
  /** What of the store was looked at. */
  readonly stored: readonly EvidenceDigest[];
  readonly verdict: Verdict;
  /** Why the door let in what the verdict does not allow: `break-glass`, `unchanged-images`. */
  readonly admittedBy?: string;
}

/** Where decisions are asked for. */
export type Door = 'evaluate' | 'batch' | 'gatekeeper' | 'admission' | 'data';

/** A document by its digest. */
export interface EvidenceDigest {
  readonly type: string;
  /** `sha256:…` of its JSON text. */
  readonly digest: string;
  /** The digest of the image that it is about. */
  readonly subject?: string;
}

const day = 86_400_000;

/** The record of a decision: masked, and ready to be written. */
export function toRecord(entry: DecisionEntry): DecisionRecord {
  const { org, settings, requester, door, verdict } = entry;
  const input = toInput(entry.submission) as ObjectValue;
  const at = timeOfUlid(verdict.decision_id);
  return {
    org,
    id: verdict.decision_id,
    at,
    door,
    requester,
    decision: verdict.decision,
    policies: verdict.policy.map(({ layers: _, ...policy }) => policy),
    inputDigest: `sha256:${sha256(stringify(input))}`,
    expiresAt: at + settings.retentionDays * day,
    body: stringify(bodyOf(entry, input)),
    images: [...new Set(verdict.images.flatMap(termsOf))],
    exemptions: [...new Set(verdict.violations.flatMap(({ exempted }) => exempted?.id ?? []))],
  };
}

/** `{verdict, evidence, admitted_by, input, masked}`; without `input` where the organisation keeps its digest alone. */
function bodyOf({ settings, verdict, sent, stored, admittedBy }: DecisionEntry, input: ObjectValue): Value {
  const places = new MaskedPlaces();
  const evidence = [...sent.map(toDigest), ...stored];
  const body = new ObjectBuilder()
    .set('verdict', fromJson(verdict as unknown as Json))
    .set('evidence', fromJson(evidence as unknown as Json));
  if (admittedBy !== undefined) body.set('admitted_by', admittedBy);
  if (settings.logInput === 'input') body.set('input', withoutSecrets(input, places));
  const kept = maskPointers(body.build(), settings.maskedFields, places) as ObjectValue;
  return new ObjectBuilder(kept).set('masked', places.pointers).build();
}

/** `review` is the request once more. What the caller says of the circumstances is no object of a cluster. */
function withoutSecrets(input: ObjectValue, places: MaskedPlaces): Value {
  const kept = new ObjectBuilder(input);
  kept.delete('review');
  for (const key of ['objects', 'request']) {
    const value = input.get(key);
    if (value !== undefined) kept.set(key, maskSecrets(value, ['input', key], places));
  }
  return kept.build();
}

function toDigest({ type, subject, content }: EvidenceDocument): EvidenceDigest {
  const digest = `sha256:${sha256(typeof content === 'string' ? content : stringify(content))}`;
  return { type, digest, ...(subject !== undefined && { subject }) };
}

/** A name longer than any reference is none that could be looked for. */
const longestTerm = 460;

function termsOf({ ref, name, registry, repository, digest }: ImageVerdict): readonly string[] {
  const place = registry !== undefined && repository !== undefined ? `${registry}/${repository}` : undefined;
  return [ref, name, place, digest].filter(
    (term): term is string => term !== undefined && term.length <= longestTerm,
  );
}
