import { parsed, textAt } from './json-field.ts';
import { publicGoodRoot, type TrustRoot, type VerifyOptions } from './signatures/index.ts';

/** What signatures are verified with; loaded when the first is. */
export type Trust = () => Promise<VerifyOptions>;

/** The trust root in the text of a `trusted_root.json`; throws a RangeError where it is none. */
export function readTrustRoot(name: string, json: string): TrustRoot {
  const type = textAt(parsed(json), 'mediaType');
  if (!type?.startsWith('application/vnd.dev.sigstore.trustedroot'))
    throw new RangeError('it is no trust root');
  return { name, json };
}

/** Trust in these roots at that time, in nanoseconds since 1970; in that of Sigstore's public good where none is given. */
export function trustIn(now: bigint, roots: readonly TrustRoot[] | undefined): Trust {
  return async () => ({ now, trustRoots: roots ?? [await publicGoodRoot()] });
}
