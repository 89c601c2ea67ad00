import type { PolicyIdentity } from './verdict.ts';

/**
 * The layer of a policy of an organisation that a file belongs to, as `acme/baseline@7` or as the path of a
 * policy of the library; nothing for any other policy. Files of a layer stand below its name and version.
 */
export function layerOf({ layers }: PolicyIdentity, file: string): { readonly layer?: string } {
  for (const { name, version } of layers ?? []) {
    const layer = version === undefined ? name : `${name}@${version}`;
    if (file.startsWith(`${layer}/`)) return { layer };
  }
  return {};
}
