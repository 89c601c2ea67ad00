/** A Notary Project signature (specs/signature-specification.md), read from one of its two forms; nothing is verified. */
export interface NotationEnvelope {
  readonly algorithm: Algorithm;
  readonly contentType: string;
  /** Names of the protected attributes that must be understood. */
  readonly critical: readonly string[];
  /** The protected attributes by name; times in milliseconds since 1970. */
  readonly attributes: ReadonlyMap<string, string | number>;
  readonly payload: Uint8Array;
  /** What was signed. */
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  /** The signer's first, each signed by the next. */
  readonly chain: readonly Uint8Array[];
  /** An RFC 3161 token over the signature. */
  readonly timestamp?: Uint8Array;
}

export interface Algorithm {
  readonly scheme: 'pss' | 'ecdsa';
  readonly hash: 'sha256' | 'sha384' | 'sha512';
}

/** Attributes of both forms. */
export const attributeNames = {
  scheme: 'io.cncf.notary.signingScheme',
  signingTime: 'io.cncf.notary.signingTime',
  authenticSigningTime: 'io.cncf.notary.authenticSigningTime',
  expiry: 'io.cncf.notary.expiry',
  plugin: 'io.cncf.notary.verificationPlugin',
} as const;

export const timestampName = 'io.cncf.notary.timestampSignature';

/** Attributes that are moments. */
export const timeNames: ReadonlySet<string> = new Set([
  attributeNames.signingTime,
  attributeNames.authenticSigningTime,
  attributeNames.expiry,
]);
