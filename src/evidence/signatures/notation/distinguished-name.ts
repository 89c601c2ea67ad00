import type { NameAttribute } from '../../../builtins/index.ts';
import { refuse } from '../refused.ts';

/** Attributes of a distinguished name by their short names; each once. */
export type DistinguishedName = ReadonlyMap<string, string>;

const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.5', 'SERIALNUMBER'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.17', 'POSTALCODE'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
]);
const known: ReadonlySet<string> = new Set(shortNames.values());
const prefix = 'x509.subject:';

/**
 * The attributes that an identity of a trust policy wants, `x509.subject: C=US, O=acme, CN=release`, the prefix
 * as one likes. Throws where it is malformed. Values are written as in RFC 4514.
 */
export function parseIdentity(text: string): DistinguishedName {
  const trimmed = text.trim();
  const parts = splitParts(trimmed.startsWith(prefix) ? trimmed.slice(prefix.length) : trimmed);
  const attributes = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const given = part.slice(0, Math.max(equals, 0)).trim().toUpperCase();
    const name = given === 'S' ? 'ST' : given;
    const value = unescapeValue(part.slice(equals + 1).trim());
    if (!known.has(name) || value === '') return refuse(`${JSON.stringify(text)} is no distinguished name`);
    if (attributes.has(name)) return refuse(`${JSON.stringify(text)} has ${name} twice`);
    attributes.set(name, value);
  }
  return attributes;
}

/** Whether a certificate's subject has all the attributes that an identity wants, and each only once. */
export function isNamed(subject: readonly NameAttribute[], identity: DistinguishedName): boolean {
  return [...identity].every(([name, value]) => {
    const found = subject.filter(({ type }) => shortNames.get(type.join('.')) === name);
    return found.length === 1 && found[0]!.value === value;
  });
}

/** A subject as a verdict shows it. */
export function nameText(subject: readonly NameAttribute[]): string {
  return subject
    .map(({ type, value }) => `${shortNames.get(type.join('.')) ?? type.join('.')}=${escapeValue(value)}`)
    .join(',');
}

/** What stands between commas and plus signs that are not escaped. */
function splitParts(text: string): readonly string[] {
  return text.match(/(?:\\[\s\S]|[^\\,+])+/gu) ?? [];
}

function unescapeValue(text: string): string {
  const plain = text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
  return plain.replace(
    /\\(?:([0-9A-Fa-f]{2})|([\s\S]))/gu,
    (_, hex: string | undefined, character: string) =>
      hex === undefined ? character : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function escapeValue(text: string): string {
  return text.replace(/[,+"\\<>;=]/gu, '\\$&');
}
