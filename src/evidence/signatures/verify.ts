import { evidenceAnswer } from '../../images/index.ts';
import { ObjectBuilder, ObjectValue, type Value } from '../../values/index.ts';
import type { Candidate } from './candidate.ts';
import { type Examination, type Examined, examine, type Proven } from './examine.ts';
import type { SignatureMaterial, SignedSubject, VerifyOptions } from './material.ts';
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

/** See `verifySignatures` in index.ts. */
export function verifySignatures(
  subject: SignedSubject,
  material: readonly SignatureMaterial[],
  authorities: Value,
  options: VerifyOptions,
): Verification {
  const examination = examine({
    subject,
    material,
    authorities,
    options,
    concerns: () => true,
    expect: ({ payload }) => expectSignatureOf(payload, subject),
    read: () => undefined,
  });
  return verification(examination, 'signature', () => ({}));
}

/** See `verifyAttestations` in index.ts. */
export function verifyAttestations(
  subject: SignedSubject,
  material: readonly SignatureMaterial[],
  type: string,
  authorities: Value,
  options: VerifyOptions,
): Verification {
  const examination = examine({
    subject,
    material,
    authorities,
    options,
    concerns: candidate => isOfType(candidate, type),
    expect: ({ payload }) => expectStatementOf(payload, subject),
    read: ({ payload }) => statementOf(payload),
  });
  return verification(examination, `attestation of the type ${type}`, proven => ({
    statements: statementsOf(proven),
  }));
}

/** What is no statement at all is left out as one of another type is. */
function isOfType({ payload }: Candidate, type: string): boolean {
  return attempt(() => claimedType(payload)) === type;
}

function verification<T>(
  { examined, authorities, problems }: Examination<T>,
  what: string,
  more: (proven: readonly Proven<T>[]) => { readonly statements?: readonly Value[] },
): Verification {
  const proven = examined.flatMap(each => each.proven ?? []);
  const count = { count: authorities.length, authorities: authorities.map(({ value }) => value) };
  const signatures = examined.map(seen);
  if (proven.length > 0)
    return { answer: evidenceAnswer('verified', { ...count, ...more(proven) }), signatures };
  const reason = [...problems, ...reasonsOf(examined)].slice(0, mostReasons).join('; ');
  const answer =
    examined.length === 0
      ? evidenceAnswer('absent', { ...count, reason: `there is no ${what}` })
      : evidenceAnswer('unverified', { ...count, reason: reason || `no ${what} could be verified` });
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
  const timed = proven.map(({ signed, proofs }) => {
    const times = proofs.flatMap(({ proof }) => proof.at ?? []);
    return { signed, proofs, at: times.length > 0 ? Math.min(...times) : undefined };
  });
  return timed
    .toSorted((a, b) => (b.at ?? Number.NEGATIVE_INFINITY) - (a.at ?? Number.NEGATIVE_INFINITY) || 0)
    .map(({ signed, proofs, at }) => {
      const entries: [Value, Value][] = [
        ['authorities', proofs.map(({ authority }) => authority.value)],
        ['identity', ObjectValue.of(Object.entries(proofs[0]!.proof.identity))],
      ];
      if (at !== undefined) entries.push(['signed_at', new Date(at).toISOString()]);
      return new ObjectBuilder(signed).set('verification', ObjectValue.of(entries)).build();
    });
}
