import { type ImageVerdict, type PolicyIdentity, sha256, type Verdict } from '../../decide/index.ts';
import type { EvidenceDocument } from '../../evidence/index.ts';
import { type Submission, toInput } from '../../manifests/index.ts';
import { type DecisionRecord, type OrganisationSettings, timeOfUlid } from '../../store/index.ts';
import {
  fromJson,
  isObject,
  type Json,
  ObjectBuilder,
  type ObjectValue,
  stringify,
  type Value,
} from '../../values/index.ts';
import { MaskedPlaces, maskPointers } from './masking.ts';
import { maskQuotedSecrets } from './quoted-secrets.ts';
import { maskSecrets } from './secrets.ts';

/** What an organisation is to have on record. */
export type DecisionEntry = VerdictEntry | DocumentEntry;

interface Asked {
  /** The organisation of the caller. */
  readonly org: string;
  readonly settings: OrganisationSettings;
  /** The identity of the principal. */
  readonly requester: string;
}

export interface VerdictEntry extends Asked {
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

/** A document of a policy that was asked for: what it decides, if anything, only who asked knows. */
export interface DocumentEntry extends Asked {
  readonly door: 'data';
  /** A ULID. */
  readonly id: string;
  readonly policy: PolicyIdentity;
  readonly path: readonly string[];
  readonly input?: Value;
  /** Absent where the document is undefined. */
  readonly result?: Value;
}

/** Where verdicts are asked for. */
export type Door = 'evaluate' | 'batch' | 'gatekeeper' | 'admission';

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
  return entry.door === 'data' ? documentRecord(entry) : verdictRecord(entry);
}

export function idOf(entry: DecisionEntry): string {
  return entry.door === 'data' ? entry.id : entry.verdict.decision_id;
}

function verdictRecord(entry: VerdictEntry): DecisionRecord {
  const { verdict, sent, stored, admittedBy, submission } = entry;
  const body = new ObjectBuilder()
    .set('verdict', fromJson(verdict as unknown as Json))
    .set('evidence', fromJson([...sent.map(toDigest), ...stored] as unknown as Json));
  if (admittedBy !== undefined) body.set('admitted_by', admittedBy);
  return {
    ...headOf(entry),
    decision: verdict.decision,
    policies: verdict.policy.map(withoutLayers),
    ...inputAndBody(entry, toInput(submission), body),
    images: [...new Set(verdict.images.flatMap(termsOf))],
    exemptions: [...new Set(verdict.violations.flatMap(({ exempted }) => exempted?.id ?? []))],
  };
}

function documentRecord(entry: DocumentEntry): DecisionRecord {
  const { policy, path, input, result } = entry;
  const body = new ObjectBuilder().set('path', path);
  if (result !== undefined) body.set('result', result);
  return {
    ...headOf(entry),
    decision: 'indeterminate',
    policies: [withoutLayers(policy)],
    ...inputAndBody(entry, input ?? null, body),
    images: [],
    exemptions: [],
  };
}

function headOf(entry: DecisionEntry) {
  const { org, settings, requester, door } = entry;
  const id = idOf(entry);
  const at = timeOfUlid(id);
  return { org, id, at, door, requester, expiresAt: at + settings.retentionDays * day };
}

function withoutLayers({ layers: _, ...policy }: PolicyIdentity) {
  return policy;
}

/** The body has `input` too, unless the organisation keeps its digest alone, and `masked`. */
function inputAndBody({ settings }: Asked, input: Value, body: ObjectBuilder) {
  const places = new MaskedPlaces();
  const keepsInput = settings.logInput === 'input';
  const inputPlaces = keepsInput ? places : new MaskedPlaces();
  const shown = withoutSecrets(input, inputPlaces);
  const said = maskQuotedSecrets(body.build(), inputPlaces.secrets, places) as ObjectValue;
  const whole = keepsInput ? new ObjectBuilder(said).set('input', shown).build() : said;
  const kept = maskPointers(whole, settings.maskedFields, places) as ObjectValue;
  return {
    inputDigest: `sha256:${sha256(stringify(input))}`,
    body: stringify(new ObjectBuilder(kept).set('masked', places.pointers).build()),
  };
}

/** `review` is the request once more. What the caller says of the circumstances is no object of a cluster. */
function withoutSecrets(input: Value, places: MaskedPlaces): Value {
  if (!isObject(input)) return maskSecrets(input, ['input'], places);
  const objects = new ObjectBuilder(input);
  if (input.has('request')) objects.delete('review');
  objects.delete('context');
  const kept = new ObjectBuilder(maskSecrets(objects.build(), ['input'], places) as ObjectValue);
  const context = input.get('context');
  if (context !== undefined) kept.set('context', context);
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
