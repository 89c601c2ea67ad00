import type { PublicKey } from '../../builtins/index.ts';
import type { Authority } from './authority.ts';
import type { Candidate } from './candidate.ts';
import { certificateSubjects, proveChain } from './chain-proof.ts';
import { fingerprint } from './keys.ts';
import type { NotationEnvelope } from './notation/envelope.ts';
import { proveNotation } from './notation/proof.ts';
import { attempt, oneLine, Refused, refuse } from './refused.ts';
import type { SignedContent } from './signed-content.ts';
import { type KeylessProof, type ProvenTimes, proveKey, proveKeyless } from './sigstore-proof.ts';
import type { TrustedMaterial } from './trust-material.ts';

/** That an authority has signed a candidate. */
export interface Proof {
  /** Who it was, as a verdict shows it. */
  readonly identity: Readonly<Record<string, string>>;
  /** All by which the signer can be told to be the same as another. */
  readonly signers: readonly string[];
  /** When, in milliseconds since 1970, where a log or a timestamp proves it. */
  readonly at?: number;
}

export interface ProofContext {
  readonly roots: readonly TrustedMaterial[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Proves one candidate to one authority after another; what does not depend on the authority is done once. */
export class Prover {
  private readonly candidate: Candidate;
  private readonly context: ProofContext;
  private keyless: KeylessProof | Refused | undefined;

  constructor(candidate: Candidate, context: ProofContext) {
    this.candidate = candidate;
    this.context = context;
  }

  /** The proof that an authority has signed it, or why there is none. */
  prove(authority: Authority): Proof | Refused {
    return attempt(() => this.proof(authority));
  }

  private proof(authority: Authority): Proof {
    const { signature } = this.candidate;
    if (signature.kind === 'notation') {
      if (authority.kind !== 'notation') return refuse('it is a signature of the Notary Project');
      return this.byNotation(signature.envelope, authority);
    }
    switch (authority.kind) {
      case 'key':
        return this.byKey(signature.content, authority);
      case 'keyless':
        return this.byIdentity(signature.content, authority);
      case 'chain':
        return this.byChain(signature.content, authority);
      case 'notation':
        return refuse('it is no signature of the Notary Project');
    }
  }

  private byKey(content: SignedContent, { key }: AuthorityOf<'key'>): Proof {
    const { roots, now } = this.context;
    const times = proveKey(content, key, roots, now);
    return { identity: { key: fingerprint(key) }, signers: [keySigner(key)], ...earliest(times) };
  }

  private byIdentity(content: SignedContent, authority: AuthorityOf<'keyless'>): Proof {
    const { roots, now } = this.context;
    this.keyless ??= attempt(() => proveKeyless(content, roots, now));
    if (this.keyless instanceof Refused) throw this.keyless;
    const { identity, times, root } = this.keyless;
    const { issuer, subject, claims } = identity;
    if (!authority.issuer(issuer)) return refuse(`the issuer is ${oneLine(issuer)}`);
    if (!authority.subject(subject)) return refuse(`the subject is ${oneLine(subject)}`);
    for (const [name, test] of authority.claims) {
      const claim = claims.get(name);
      if (claim === undefined) return refuse(`the certificate has no ${name}`);
      if (!test(claim)) return refuse(`${name} is ${oneLine(claim)}`);
    }
    return {
      identity: { issuer, subject, root, ...Object.fromEntries(claims) },
      signers: [`keyless ${JSON.stringify([issuer, subject])}`, ...certificateSigner(content)],
      ...earliest(times),
    };
  }

  /** Without a proof of the time the chain must be valid now. */
  private byChain(content: SignedContent, { anchors, subject }: AuthorityOf<'chain'>): Proof {
    const { certificate, intermediates } = content;
    const { roots, now } = this.context;
    if (certificate === undefined) return refuse('it carries no certificate');
    const subjects = certificateSubjects(certificate);
    const named = subjects.find(subject);
    if (named === undefined) return refuse(`the subject is ${oneLine(subjects.join(', ') || 'not named')}`);
    const times = proveKey(content, certificate.publicKey, roots, now);
    for (const time of times.length > 0 ? times : [now])
      proveChain(certificate, [...intermediates, ...anchors], anchors, time);
    return {
      identity: { subject: named },
      signers: [`certificate ${JSON.stringify(subjects)}`, ...certificateSigner(content)],
      ...earliest(times),
    };
  }

  private byNotation(envelope: NotationEnvelope, authority: AuthorityOf<'notation'>): Proof {
    const { now, roots } = this.context;
    const timestampAnchors = roots.flatMap(root => root.timestampAnchors);
    const { subject, key, at } = proveNotation(envelope, authority, { now, timestampAnchors });
    return {
      identity: { subject },
      signers: [`notation ${subject}`, keySigner(key)],
      ...earliest(at === undefined ? [] : [at]),
    };
  }
}

type AuthorityOf<K extends Authority['kind']> = Extract<Authority, { readonly kind: K }>;

/** A key is one signer, in whatever form it signs. */
function keySigner(key: PublicKey): string {
  return `key ${fingerprint(key)}`;
}

function certificateSigner({ certificate }: SignedContent): readonly string[] {
  return certificate === undefined ? [] : [keySigner(certificate.publicKey)];
}

function earliest([first]: ProvenTimes): { readonly at?: number } {
  return first === undefined ? {} : { at: first };
}
