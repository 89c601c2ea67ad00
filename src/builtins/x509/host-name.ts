import { isArray, type ObjectValue } from '../../values/index.ts';
import { parseAddress, printAddress } from '../address.ts';

/** Whether a certificate, its fields as Go has them, is for a host name or an IP address (RFC 6125). */
export function hostMatches(fields: ObjectValue, host: string): boolean {
  const literal = /^\[.*\]$/u.test(host) ? host.slice(1, -1) : host;
  const address = parseAddress(literal);
  if (address) return texts(fields, 'IPAddresses').includes(printAddress(address));
  const name = host.toLowerCase().replace(/\.$/u, '');
  return texts(fields, 'DNSNames').some(pattern => nameMatches(pattern.toLowerCase(), name));
}

/** A `*` stands for the first label, and for it alone. */
function nameMatches(pattern: string, name: string): boolean {
  const labels = name.split('.');
  const patternLabels = pattern.replace(/\.$/u, '').split('.');
  if (name === '' || labels.includes('') || labels.length !== patternLabels.length) return false;
  return patternLabels.every((label, i) => (i === 0 && label === '*') || label === labels[i]);
}

function texts(fields: ObjectValue, field: string): readonly string[] {
  const list = fields.get(field);
  return (list !== undefined && isArray(list) ? list : []) as readonly string[];
}
