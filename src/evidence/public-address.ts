import ipaddr from 'ipaddr.js';

const { IPv4, IPv6 } = ipaddr;

/** The part of IPv6 that IANA gives out for the public internet. */
const globalUnicast = IPv6.parseCIDR('2000::/3');

/** Addresses of public ranges that clouds answer inside their own networks: Azure's host service. */
const insideClouds: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Suffixes of names that mean a host of one's own network, and what is inside a cloud. */
const ownNetworks = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
];

/** Whether a text is an IP address in its usual form. */
export function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text) || (!text.includes('%') && IPv6.isValid(text));
}

/**
 * Whether an address is one of the public internet. Private, loopback, link-local, multicast, shared
 * (CGNAT), reserved and documentation ranges are not, nor what wraps an IPv4 address (NAT64, 6to4,
 * Teredo); an IPv4-mapped address counts as the IPv4 address. False for what is no address.
 */
export function isPublicAddress(text: string): boolean {
  if (!isAddress(text)) return false;
  const address = ipaddr.process(text);
  if (insideClouds.has(address.toString()) || address.range() !== 'unicast') return false;
  return address instanceof IPv4 || address.match(globalUnicast);
}

/** Whether a name, in lower case, can be one of the public internet: not a bare word, `localhost` or `*.internal`. */
export function isPublicName(name: string): boolean {
  return name.includes('.') && !ownNetworks.some(suffix => name === suffix || name.endsWith(`.${suffix}`));
}
