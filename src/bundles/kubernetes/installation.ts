import { sha256 } from '../../decide/index.ts';

/** What is to be installed in a cluster, and how it reaches the service. */
export interface Installation {
  /** Where the service answers, https and without a slash at the end. */
  readonly server: string;
  readonly org: string;
  readonly policy: string;
  /** Stands in the addresses, for neither Gatekeeper nor the API server can send a header. */
  readonly token: string;
  /** The roots that Gatekeeper trusts, PEM: it looks at no others. */
  readonly caBundle: string;
  /** Namespaces beside those of the system whose objects are not asked about. */
  readonly exemptNamespaces: readonly string[];
}

/** In place of a token that is not known. */
export const TOKEN_PLACE = 'PROVIDER_TOKEN';
/** In place of roots that are not known. */
export const CA_PLACE = 'CA_BUNDLE';

/** Characters that the name of a constraint may have, and each part of a domain name. */
const LONGEST = 63;

/** The name of what is installed, one for each policy and channel: `pratique-acme-production.canary`. */
export function installedName({ org, policy }: Installation): string {
  const name = `pratique-${org}-${policy.replaceAll('@', '.')}`;
  const plain = name.replaceAll(/[^a-z0-9.-]/gu, '-');
  if (plain === name && name.length <= LONGEST) return name;
  const hash = sha256(name).slice(0, 8);
  return `${cut(plain, LONGEST - 9)}-${hash}`;
}

/** The policy and its channel or version, as a part of a domain name may be written. */
export function policyLabel({ policy }: Installation): string {
  return cut(policy.replaceAll(/[^a-z0-9-]/gu, '-'), LONGEST);
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[.-]+$/u, '');
}

export function doorUrl({ server, org, policy, token }: Installation, door: string, action: string): string {
  return `${server}/${door}/${org}/${policy}/${action}/${token}`;
}

/** PEM as the API has it, or the place to fill in. */
export function encodedCaBundle({ caBundle }: Installation): string {
  return caBundle === CA_PLACE ? caBundle : btoa(caBundle);
}
