import { type EvidenceFields, evidenceAnswer } from '../../images/index.ts';
import { ObjectBuilder, ObjectValue, type Value } from '../../values/index.ts';
import { type Examined, examine, type Proven, type Question } from './examine.ts';
import { claimedType, expectSignatureOf, expectStatementOf, statementOf } from './payload.ts';
import { attempt } from './refused.ts';

/** What came of looking at signatures: the answer for policies, and what a verdict shows of each signature. */
export interface Verification {
  readonly answer: ObjectValue;
  readonly signatures: readonly SeenSignature[];
}

export interface SeenSignature {
  /** Such as `cosign signature`. */
  readonly format: string;
  /** Where it was found; empty where that was not said. */
  readonly source: string;
  readonly verified: boolean;
  /** The first authority it is of, and who that turned out to be. */
  readonly authority?: string;
  readonly identity?: Readonly<Record<string, string>>;
  /** When it was signed, where that is proven; RFC 3339. */
  readonly at?: string;
  /** Why it counts for nothing. */
  readonly reason?: string;
}

/** Reasons that an answer tells. */
const mostReasons = 5;

/** What is looked for among signatures, and what of it stands in the answer. */
export interface Wanted<T> extends Pick<Question<T>, 'concerns' | 'expect' | 'read'> {
  /** As a reason names it. */
  readonly what: string;
  readonly fields: (proven: readonly Proven<T>[]) => Pick<EvidenceFields, 'statements'>;
}

export const signature: Wanted<undefined> = {
  what: 'signature',
  concerns: () => true,
  expect: ({ payload }, subject) => expectSignatureOf(payload, subject),
  read: () => undefined,
  fields: () => ({}),
};

/** In-toto statements, of one predicate type where one is given; what is of another is left out. */
export function attestation(type: string | undefined): Wanted<ObjectValue> {
  return {
    what: type === undefined ? 'attestation' : `attestation of the type ${type}`,
    concerns: ({ payload }) => {
      const claimed = attempt(() => claimedType(payload));
      return type === undefined ? typeof claimed === 'string' : claimed === type;
    },
    expect: ({ payload }, subject) => expectStatementOf(payload, subject),
    read: ({ payload }) => statementOf(payload),
    fields: proven => ({ statements: statementsOf(proven) }),
  };
}

/** What comes of looking for that among signatures of an image. */
export function verify<T>(
  wanted: Wanted<T>,
  given: Pick<Question<T>, 'subject' | 'material' | 'authorities' | 'options'>,
): Verification {
  const { examined, authorities, problems } = examine({ ...given, ...wanted });
  const proven = examined.flatMap(each => each.proven ?? []);
  const count = { count: authorities.length, authorities: authorities.map(({ value }) => value) };
  const signatures = examined.map(seen);
  if (proven.length > 0)
    return { answer: evidenceAnswer('verified', { ...count, ...wanted.fields(proven) }), signatures };
  const reason = [...problems, ...reasonsOf(examined)].slice(0, mostReasons).join('; ');
  const answer =
    examined.length === 0
      ? evidenceAnswer('absent', { ...count, reason: `there is no ${wanted.what}` })
      : evidenceAnswer('unverified', { ...count, reason: reason || `no ${wanted.what} could be verified` });
  return { answer, signatures };
}

function reasonsOf<T>(examined: readonly Examined<T>[]): readonly string[] {
  return [...new Set(examined.flatMap(({ format, reason }) => (reason ? `${format}: ${reason}` : [])))];
}

function seen<T>({ format, source, reason, proven }: Examined<T>): SeenSignature {
  const [first] = proven?.proofs ?? [];
  return {
    format,
    source,
    verified: first !== undefined,
    ...(first && { authority: first.authority.name, identity: first.proof.identity }),
    ...(first?.proof.at !== undefined && { at: new Date(first.proof.at).toISOString() }),
    ...(reason !== undefined && { reason }),
  };
}

/** The statements, the newest first; those whose time nothing proves come last. */
function statementsOf(proven: readonly Proven<ObjectValue>[]): readonly Value[] {
  const timed = proven.map(each => {
    const times = each.proofs.flatMap(({ proof }) => proof.at ?? []);
    return { ...each, at: times.length > 0 ? Math.min(...times) : undefined };
  });
  return timed
    .toSorted((a, b) => (b.at ?? Number.NEGATIVE_INFINITY) - (a.at ?? Number.NEGATIVE_INFINITY) || 0)
    .map(({ signed, source, proofs, at }) => {
      const entries: [Value, Value][] = [
        ['authorities', proofs.map(({ authority }) => authority.value)],
        ['identity', ObjectValue.of(Object.entries(proofs[0]!.proof.identity))],
        ['signers', [...new Set(proofs.flatMap(({ proof }) => proof.signers))]],
        ['source', source],
      ];
      if (at !== undefined) entries.push(['signed_at', new Date(at).toISOString()]);
      return new ObjectBuilder(signed).set('verification', ObjectValue.of(entries)).build();
    });
}
