import { type ObjectBuilder, ObjectValue, type Value } from '../../values/index.ts';
import { type Address, fromIpv6, printAddress } from '../address.ts';
import { encodeBase64 } from '../base64.ts';
import { BuiltinError } from '../builtin.ts';
import { textOf } from '../bytes.ts';
import { goUrl } from '../go-url.ts';
import type { Extension } from './certificate.ts';
import {
  bitStringOf,
  booleanOf,
  childrenOf,
  context,
  type DerElement,
  integerOf,
  oidArcs,
  oidOf,
  readElements,
  readOnly,
  tags,
  unsignedOf,
} from './der.ts';
import { orNull } from './name.ts';

type Fields = ObjectBuilder;

/** How the value of an extension becomes fields of Go's `x509.Certificate`; each tells whether it understood all. */
const readers: ReadonlyMap<string, (fields: Fields, element: DerElement, critical: boolean) => boolean> =
  new Map([
    ['2.5.29.15', keyUsage],
    ['2.5.29.19', basicConstraints],
    ['2.5.29.17', alternativeNames],
    ['2.5.29.30', nameConstraints],
    ['2.5.29.31', distributionPoints],
    ['2.5.29.35', authorityKeyId],
    ['2.5.29.37', extendedKeyUsage],
    ['2.5.29.14', subjectKeyId],
    ['2.5.29.32', policies],
    ['2.5.29.33', policyMappings],
    ['2.5.29.36', policyConstraints],
    ['2.5.29.54', inhibitAnyPolicy],
    ['1.3.6.1.5.5.7.1.1', authorityInformation],
  ]);

const lists = [
  'CRLDistributionPoints',
  'DNSNames',
  'EmailAddresses',
  'ExcludedDNSDomains',
  'ExcludedEmailAddresses',
  'ExcludedIPRanges',
  'ExcludedURIDomains',
  'ExtKeyUsage',
  'IPAddresses',
  'IssuingCertificateURL',
  'OCSPServer',
  'PermittedDNSDomains',
  'PermittedEmailAddresses',
  'PermittedIPRanges',
  'PermittedURIDomains',
  'Policies',
  'PolicyIdentifiers',
  'PolicyMappings',
  'URIStrings',
  'URIs',
  'UnknownExtKeyUsage',
  'AuthorityKeyId',
  'SubjectKeyId',
];

const numbers = [
  'InhibitAnyPolicy',
  'InhibitPolicyMapping',
  'KeyUsage',
  'MaxPathLen',
  'RequireExplicitPolicy',
];

const flags = [
  'BasicConstraintsValid',
  'InhibitAnyPolicyZero',
  'InhibitPolicyMappingZero',
  'IsCA',
  'MaxPathLenZero',
  'PermittedDNSDomainsCritical',
  'RequireExplicitPolicyZero',
];

/** Adds the fields of Go's `x509.Certificate` that stand in extensions. */
export function addExtensionFields(fields: Fields, extensions: readonly Extension[]): void {
  for (const field of lists) fields.set(field, null);
  for (const field of numbers) fields.set(field, 0);
  for (const field of flags) fields.set(field, false);
  const unhandled: Value[] = [];
  for (const { id, critical, value } of extensions) {
    const reader = readers.get(id.join('.'));
    const handled = reader?.(fields, readOnly(value), critical) ?? false;
    if (critical && !handled) unhandled.push(id);
  }
  fields.set('UnhandledCriticalExtensions', orNull(unhandled));
}

function keyUsage(fields: Fields, element: DerElement): boolean {
  let usage = 0;
  for (const [at, byte] of bitStringOf(element).entries())
    for (let bit = 0; bit < 8; bit++)
      if (byte & (0x80 >> bit) && 8 * at + bit < 9) usage |= 1 << (8 * at + bit);
  fields.set('KeyUsage', usage);
  return true;
}

function basicConstraints(fields: Fields, element: DerElement): boolean {
  const parts = childrenOf(element);
  const authority = parts[0]?.tag === tags.boolean && booleanOf(parts[0]);
  const length = parts.find(part => part.tag === tags.integer);
  const pathLength = length ? Number(integerOf(length)) : -1;
  fields.set('BasicConstraintsValid', true).set('IsCA', authority);
  fields.set('MaxPathLen', pathLength).set('MaxPathLenZero', pathLength === 0);
  return true;
}

function alternativeNames(fields: Fields, element: DerElement): boolean {
  const names = childrenOf(element);
  const texts = (number: number) =>
    names.filter(name => name.tag === context(number, false)).map(name => textOf(name.content));
  const uris = texts(6);
  fields.set('EmailAddresses', orNull(texts(1))).set('DNSNames', orNull(texts(2)));
  fields.set('URIs', orNull(uris.map(goUrl))).set('URIStrings', orNull(uris));
  const addresses = names.filter(name => name.tag === context(7, false));
  fields.set('IPAddresses', orNull(addresses.map(name => printAddress(addressOf(name.content)))));
  return names.some(name => [1, 2, 6, 7].some(number => name.tag === context(number, false)));
}

function addressOf(bytes: Uint8Array): Address {
  if (bytes.length === 4) return { family: 4, value: unsignedOf(bytes) };
  if (bytes.length !== 16) throw new BuiltinError('x509: cannot parse IP address');
  return fromIpv6(unsignedOf(bytes));
}

function nameConstraints(fields: Fields, element: DerElement, critical: boolean): boolean {
  let handled = true;
  for (const part of childrenOf(element)) {
    const prefix = part.tag === context(0) ? 'Permitted' : 'Excluded';
    const names = readElements(part.content).map(subtree => childrenOf(subtree)[0]!);
    const texts = (number: number) =>
      names.filter(name => name.tag === context(number, false)).map(name => textOf(name.content));
    fields.set(`${prefix}DNSDomains`, orNull(texts(2))).set(`${prefix}EmailAddresses`, orNull(texts(1)));
    fields.set(`${prefix}URIDomains`, orNull(texts(6)));
    const ranges = names.filter(name => name.tag === context(7, false)).map(name => rangeOf(name.content));
    fields.set(`${prefix}IPRanges`, orNull(ranges));
    if (names.some(name => ![1, 2, 6, 7].some(number => name.tag === context(number, false))))
      handled = false;
  }
  fields.set('PermittedDNSDomainsCritical', critical);
  return handled;
}

function rangeOf(bytes: Uint8Array): Value {
  const half = bytes.length / 2;
  return ObjectValue.of([
    ['IP', printAddress(addressOf(bytes.subarray(0, half)))],
    ['Mask', encodeBase64(bytes.subarray(half))],
  ]);
}

function distributionPoints(fields: Fields, element: DerElement): boolean {
  const urls: string[] = [];
  for (const point of childrenOf(element)) {
    const name = readElements(point.content).find(part => part.tag === context(0));
    const full = name && readElements(name.content).find(part => part.tag === context(0));
    for (const general of full ? readElements(full.content) : [])
      if (general.tag === context(6, false)) urls.push(textOf(general.content));
  }
  fields.set('CRLDistributionPoints', orNull(urls));
  return true;
}

function authorityKeyId(fields: Fields, element: DerElement): boolean {
  const id = childrenOf(element).find(part => part.tag === context(0, false));
  fields.set('AuthorityKeyId', id ? encodeBase64(id.content) : null);
  return true;
}

function subjectKeyId(fields: Fields, element: DerElement): boolean {
  fields.set('SubjectKeyId', encodeBase64(element.content));
  return true;
}

/** By the number that Go gives them. */
const usages = [
  '2.5.29.37.0',
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.5.5.7.3.3',
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.5',
  '1.3.6.1.5.5.7.3.6',
  '1.3.6.1.5.5.7.3.7',
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
  '1.3.6.1.4.1.311.10.3.3',
  '2.16.840.1.113730.4.1',
  '1.3.6.1.4.1.311.2.1.22',
  '1.3.6.1.4.1.311.61.1.1',
];

function extendedKeyUsage(fields: Fields, element: DerElement): boolean {
  const ids = childrenOf(element);
  const known = ids.map(id => usages.indexOf(oidOf(id)));
  fields.set('ExtKeyUsage', orNull(known.filter(usage => usage >= 0)));
  fields.set('UnknownExtKeyUsage', orNull(ids.filter((_, i) => known[i]! < 0).map(oidArcs)));
  return true;
}

function policies(fields: Fields, element: DerElement): boolean {
  const ids = childrenOf(element).map(policy => oidArcs(childrenOf(policy)[0]));
  fields.set('PolicyIdentifiers', orNull(ids)).set('Policies', orNull(ids.map(id => id.join('.'))));
  return true;
}

function policyMappings(fields: Fields, element: DerElement): boolean {
  const mappings = childrenOf(element).map(mapping => {
    const [issuer, subject] = childrenOf(mapping).map(oidOf);
    return ObjectValue.of([
      ['IssuerDomainPolicy', issuer!],
      ['SubjectDomainPolicy', subject!],
    ]);
  });
  fields.set('PolicyMappings', orNull(mappings));
  return true;
}

function policyConstraints(fields: Fields, element: DerElement): boolean {
  for (const part of childrenOf(element)) {
    const field = part.tag === context(0, false) ? 'RequireExplicitPolicy' : 'InhibitPolicyMapping';
    setSkip(fields, field, Number(unsignedOf(part.content)));
  }
  return true;
}

function inhibitAnyPolicy(fields: Fields, element: DerElement): boolean {
  setSkip(fields, 'InhibitAnyPolicy', Number(integerOf(element)));
  return true;
}

function setSkip(fields: Fields, field: string, skip: number): void {
  fields.set(field, skip).set(`${field}Zero`, skip === 0);
}

function authorityInformation(fields: Fields, element: DerElement): boolean {
  const urls: Record<'OCSPServer' | 'IssuingCertificateURL', string[]> = {
    OCSPServer: [],
    IssuingCertificateURL: [],
  };
  for (const description of childrenOf(element)) {
    const [method, location] = childrenOf(description);
    if (location?.tag !== context(6, false)) continue;
    if (oidOf(method) === '1.3.6.1.5.5.7.48.1') urls.OCSPServer.push(textOf(location.content));
    if (oidOf(method) === '1.3.6.1.5.5.7.48.2') urls.IssuingCertificateURL.push(textOf(location.content));
  }
  for (const [field, list] of Object.entries(urls)) fields.set(field, orNull(list));
  return true;
}
