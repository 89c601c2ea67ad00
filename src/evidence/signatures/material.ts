/** Something that may prove who signed what about an image, as it was found: nothing of it is believed yet. */
export type SignatureMaterial = Sourced &
  (BundleMaterial | SimpleSigningMaterial | DsseMaterial | NotationMaterial);

interface Sourced {
  /** Where it was found, for the verdict. */
  readonly source?: string;
}

/** A Sigstore bundle (v0.1 to v0.3), as JSON text. */
export interface BundleMaterial {
  readonly kind: 'bundle';
  readonly bundle: string;
}

/** A layer of cosign's `.sig` image: the payload that is signed, the rest out of its annotations. */
export interface SimpleSigningMaterial extends CosignAnnotations {
  readonly kind: 'simple_signing';
  readonly payload: Uint8Array;
  /** `dev.cosignproject.cosign/signature`: base64. */
  readonly signature: string;
}

/** A layer of cosign's `.att` image: a DSSE envelope as JSON text. */
export interface DsseMaterial extends CosignAnnotations {
  readonly kind: 'dsse';
  readonly envelope: string;
}

/** Annotations of cosign's layers, as they are. */
export interface CosignAnnotations {
  /** `dev.sigstore.cosign/certificate`: PEM. */
  readonly certificate?: string;
  /** `dev.sigstore.cosign/chain`: PEM, intermediates and root. */
  readonly chain?: string;
  /** `dev.sigstore.cosign/bundle`: JSON of the Rekor entry and its signed entry timestamp. */
  readonly bundle?: string;
  /** `dev.sigstore.cosign/rfc3161timestamp`: JSON that holds a timestamp response. */
  readonly timestamp?: string;
}

/** A signature of the Notary Project, `application/jose+json` or `application/cose`. */
export interface NotationMaterial {
  readonly kind: 'notation';
  readonly mediaType: string;
  readonly envelope: Uint8Array;
}

/** The image that must have been signed. */
export interface SignedSubject {
  /** `sha256:…` of its manifest or index. */
  readonly digest: string;
  /** Further digests that count as the image: its index, say, where `digest` is a manifest of it. */
  readonly alternatives?: readonly string[];
  /**
   * The bytes of the manifest, where they are at hand: some bundles sign these and no payload that names
   * them, and only ECDSA over SHA-256 can be checked by the digest alone.
   */
  readonly manifest?: Uint8Array;
}

/** A Sigstore trust root (`trusted_root.json`). */
export interface TrustRoot {
  readonly name: string;
  readonly json: string;
  /** When it was taken over, as RFC 3339 date. */
  readonly date?: string;
}

export interface VerifyOptions {
  /** Nanoseconds since 1970. */
  readonly now: bigint;
  /** Each counts by itself: what one root proves half is not made whole by another. */
  readonly trustRoots: readonly TrustRoot[];
}
