import { limits } from '../../base/index.ts';
import { distinctAuthorities } from '../../images/index.ts';
import type { Value } from '../../values/index.ts';
import { type Authority, readAuthorities } from './authority.ts';
import { type Candidate, readCandidates } from './candidate.ts';
import type { SignatureMaterial, SignedSubject, VerifyOptions } from './material.ts';
import { type Proof, Prover } from './proof.ts';
import { attempt, Refused } from './refused.ts';
import { readTrustRoots } from './trust-material.ts';

/** What came of one signature. */
export interface Examined<T> {
  readonly format: string;
  /** Where it was found; empty where that was not said. */
  readonly source: string;
  /** Why it counts for nothing; undefined where it counts. */
  readonly reason?: string;
  readonly proven?: Proven<T>;
}

export interface Proven<T> {
  /** What was signed, as `read` has read it. */
  readonly signed: T;
  /** Where it was found. */
  readonly source: string;
  readonly proofs: readonly { readonly authority: Authority; readonly proof: Proof }[];
}

export interface Examination<T> {
  readonly examined: readonly Examined<T>[];
  /** The authorities that count, each once. */
  readonly authorities: readonly Authority[];
  /** What is wrong with authorities and trust roots themselves. */
  readonly problems: readonly string[];
}

const tooManyChecks = 'too many signatures and authorities to check';
/** Reasons that are told of one signature. */
const mostReasons = 3;

export interface Question<T> {
  readonly subject: SignedSubject;
  readonly material: readonly SignatureMaterial[];
  readonly authorities: Value;
  readonly options: VerifyOptions;
  /** Whether a candidate is of the kind asked for at all. */
  readonly concerns: (candidate: Candidate) => boolean;
  /** Throws where what it has signed is not about the image. */
  readonly expect: (candidate: Candidate, subject: SignedSubject) => void;
  /** What it has signed; asked only of what is proven. */
  readonly read: (candidate: Candidate) => T;
}

/** Looks at every signature, with every authority, until there are too many of them. */
export function examine<T>({ subject, material, options, ...question }: Question<T>): Examination<T> {
  const { authorities, problems } = readAuthorities(question.authorities);
  const roots = readTrustRoots(options.trustRoots);
  const context = { roots: roots.usable, now: Number(options.now / 1_000_000n) };
  const all = material.slice(0, limits.signatures).flatMap(each => readCandidates(each, subject));
  const cost = authorities.filter(({ kind }) => kind !== 'keyless').length;
  let checks: number = limits.signatureChecks;
  const examined = all.flatMap((candidate): Examined<T> | readonly [] => {
    if (!('signature' in candidate)) return candidate;
    const { format, source } = candidate;
    // To read what was signed costs as well, so that it is paid for before.
    checks -= 1;
    if (checks < 0) return { format, source, reason: tooManyChecks };
    if (!question.concerns(candidate)) return [];
    const refused = attempt(() => question.expect(candidate, subject));
    if (refused instanceof Refused) return { format, source, reason: refused.message };
    checks -= cost;
    if (checks < 0) return { format, source, reason: tooManyChecks };
    const proofs = prove(new Prover(candidate, context), authorities);
    if (typeof proofs === 'string') return { format, source, reason: proofs };
    return { format, source, proven: { signed: question.read(candidate), source, proofs } };
  });
  const kept = distinctOf(examined);
  return {
    examined: [...examined, ...tooMany<T>(material)],
    authorities: authorities.filter(({ id }) => kept.has(id)),
    problems: [...problems, ...roots.problems],
  };
}

/** The proofs, or why there are none. */
function prove(prover: Prover, authorities: readonly Authority[]): Proven<unknown>['proofs'] | string {
  const proofs: { readonly authority: Authority; readonly proof: Proof }[] = [];
  const reasons = new Set<string>();
  for (const authority of authorities) {
    const proof = prover.prove(authority);
    if (proof instanceof Refused) reasons.add(`${authority.name}: ${proof.message}`);
    else proofs.push({ authority, proof });
  }
  if (proofs.length > 0) return proofs;
  const told = [...reasons].slice(0, mostReasons);
  const more = reasons.size - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function distinctOf<T>(examined: readonly Examined<T>[]): ReadonlySet<string> {
  const backings = examined.flatMap(({ proven }) =>
    proven === undefined
      ? []
      : {
          signers: proven.proofs.flatMap(({ proof }) => proof.signers),
          authorities: proven.proofs.map(({ authority }) => authority.id),
        },
  );
  return new Set(distinctAuthorities(backings));
}

function tooMany<T>(material: readonly SignatureMaterial[]): readonly Examined<T>[] {
  const more = material.length - limits.signatures;
  if (more <= 0) return [];
  return [{ format: 'signature', source: '', reason: `${more} more are not looked at` }];
}
