import { isArray, isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { parseAddress } from '../address.ts';
import { decodeBase64 } from '../base64.ts';
import { containsAddress, network } from '../cidr.ts';

/** Whether what a certificate is for lies under a constraint. */
type Match = (name: string, constraint: Value) => boolean;

const kinds: readonly (readonly [names: string, constraints: string, match: Match])[] = [
  ['DNSNames', 'DNSDomains', matchDomain],
  ['EmailAddresses', 'EmailAddresses', matchEmail],
  ['URIStrings', 'URIDomains', matchUri],
  ['IPAddresses', 'IPRanges', matchRange],
];

/** Whether the names in a chain, leaf first, are allowed by every authority above them (RFC 5280, 4.2.1.10). */
export function constraintsAllow(chain: readonly ObjectValue[]): boolean {
  return chain.every((authority, i) =>
    kinds.every(([names, constraints, match]) => {
      const permitted = listOf(authority, `Permitted${constraints}`);
      const excluded = listOf(authority, `Excluded${constraints}`);
      const below =
        i === 0 ? [] : chain.slice(0, i).flatMap(fields => listOf(fields, names) as readonly string[]);
      return below.every(
        name =>
          !excluded.some(constraint => match(name, constraint)) &&
          (permitted.length === 0 || permitted.some(constraint => match(name, constraint))),
      );
    }),
  );
}

function matchDomain(name: string, constraint: Value): boolean {
  if (typeof constraint !== 'string') return false;
  if (constraint === '') return true;
  const wanted = constraint.toLowerCase();
  const below = wanted.startsWith('.') ? wanted : `.${wanted}`;
  return name.toLowerCase().endsWith(below) || name.toLowerCase() === wanted;
}

function matchEmail(name: string, constraint: Value): boolean {
  if (typeof constraint !== 'string') return false;
  const at = name.lastIndexOf('@');
  const constraintAt = constraint.lastIndexOf('@');
  const domain = name.slice(at + 1);
  if (constraintAt < 0) return matchDomain(domain, constraint);
  const sameDomain = domain.toLowerCase() === constraint.slice(constraintAt + 1).toLowerCase();
  return sameDomain && name.slice(0, at) === constraint.slice(0, constraintAt);
}

function matchUri(name: string, constraint: Value): boolean {
  const host = /^[^:/?#]+:\/\/(?:[^@/?#]*@)?([^:/?#[\]]+)/u.exec(name)?.[1];
  return host !== undefined && parseAddress(host) === undefined && matchDomain(host, constraint);
}

function matchRange(name: string, constraint: Value): boolean {
  const address = parseAddress(name);
  if (!isObject(constraint) || address === undefined) return false;
  const base = parseAddress(constraint.get('IP') as string);
  const mask = decodeBase64(constraint.get('Mask') as string);
  if (base === undefined || mask === undefined) return false;
  return containsAddress(network(base, prefixLength(mask)), address);
}

function prefixLength(mask: Uint8Array): number {
  const bits = [...mask].map(byte => byte.toString(2).padStart(8, '0')).join('');
  return /^1*/u.exec(bits)![0].length;
}

function listOf(fields: ObjectValue, field: string): readonly Value[] {
  const list = fields.get(field);
  return list !== undefined && isArray(list) ? list : [];
}
