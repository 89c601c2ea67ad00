import { TrustedRoot } from '@sigstore/protobuf-specs';
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify';
import { type Certificate, parseCertificate } from '../../builtins/index.ts';
import { keepChecks } from './kept-encoding.ts';
import type { TrustRoot } from './material.ts';
import { attempt, Refused, refuse } from './refused.ts';

/** A trust root that has been read. */
export interface TrustedMaterial {
  readonly root: TrustRoot;
  readonly material: TrustMaterial;
  /** Authorities for timestamps that come with their own chain. */
  readonly timestampAnchors: readonly Certificate[];
}

/** Roots that are kept as they were read: to read one takes longer than to check a signature. */
const mostKept = 16;
const kept = new Map<string, Trusted | Refused>();

type Trusted = Omit<TrustedMaterial, 'root'>;

/** The roots that can be used, and what is wrong with the others. */
export function readTrustRoots(roots: readonly TrustRoot[]): {
  readonly usable: readonly TrustedMaterial[];
  readonly problems: readonly string[];
} {
  const usable: TrustedMaterial[] = [];
  const problems: string[] = [];
  for (const root of roots) {
    const material = materialOf(root.json);
    if (material instanceof Refused) problems.push(`trust root ${root.name}: ${material.message}`);
    else usable.push({ root, ...material });
  }
  return { usable, problems };
}

function materialOf(json: string): Trusted | Refused {
  const known = kept.get(json);
  if (known !== undefined) return known;
  const material = attempt(() => parse(json));
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(json, material);
  return material;
}

function parse(json: string): Trusted {
  const root = TrustedRoot.fromJSON(JSON.parse(json));
  if (!root.mediaType.startsWith('application/vnd.dev.sigstore.trustedroot'))
    return refuse('no trust root of Sigstore');
  for (const log of [...root.tlogs, ...root.ctlogs])
    if (log.publicKey?.validFor?.start === undefined)
      return refuse(`the key of the log ${log.baseUrl} does not say since when it is valid`);
  for (const authority of [...root.certificateAuthorities, ...root.timestampAuthorities])
    if (authority.validFor?.start === undefined)
      return refuse(`the authority ${authority.uri} does not say since when it is valid`);
  const material = toTrustMaterial(root);
  for (const { certChain } of [...material.certificateAuthorities, ...material.timestampAuthorities])
    certChain.forEach(keepChecks);
  const timestampAnchors = material.timestampAuthorities
    .flatMap(({ certChain }) => certChain)
    .filter(certificate => certificate.isCA)
    .map(certificate => parseCertificate(certificate.root.toDER()));
  return { material, timestampAnchors };
}
