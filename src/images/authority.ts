import { isArray, isObject, isSet, type ObjectValue, typeName, type Value } from '../values/index.ts';
import { compileIdentity } from './identity-pattern.ts';

/** Authorities of one term. */
const AUTHORITIES = 1_000;

/** Nobody's identities: a pattern that takes one of them in would take anybody in. */
const STRANGERS = [
  '',
  'nobody',
  'nobody@nobody.invalid',
  'https://nobody.invalid',
  'https://nobody.invalid/no/such/place',
];

const PUBLIC_KEY = /-----BEGIN (?:[A-Z]+ )?PUBLIC KEY-----/;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----/;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;
const CLAIM = /^[a-z][a-z0-9_]*$/;

/** The forms of docs/language.md, "Authorities", by the key that tells them apart. */
const forms: Readonly<Record<string, (authority: ObjectValue) => string | undefined>> = {
  key: checkKey,
  certificate_chain: checkChain,
  notation: checkNotation,
  issuer: checkKeyless,
};

/**
 * What is wrong with a term that says whose signatures count: an authority, or an array or a set of them.
 * Undefined where nothing is. An authority without an identity is wrong: any signature would do.
 */
export function checkAuthority(value: Value): string | undefined {
  if (isObject(value)) return checkOne(value);
  if (!isArray(value) && !isSet(value)) return `an authority is an object, not ${typeName(value)}`;
  const authorities = isSet(value) ? value.items() : value;
  if (authorities.length === 0) return 'the list of authorities is empty';
  if (authorities.length > AUTHORITIES) return `there are more than ${AUTHORITIES} authorities`;
  for (const authority of authorities) {
    const wrong = isObject(authority)
      ? checkOne(authority)
      : `an authority is an object, not ${typeName(authority)}`;
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function checkOne(authority: ObjectValue): string | undefined {
  const found = Object.keys(forms).filter(key => authority.has(key));
  if (found.length > 1) return `an authority has one of ${found.join(', ')}, not several`;
  const form = forms[found[0] ?? ''];
  if (form) return form(authority);
  return authority.has('subject')
    ? 'an authority with a subject needs an issuer or a certificate_chain'
    : 'an authority needs a key, an issuer and a subject, a certificate_chain and a subject, or notation';
}

function checkKey(authority: ObjectValue): string | undefined {
  return checkPem(authority, 'key', PUBLIC_KEY, 'public key') ?? checkFields(authority, ['key']);
}

function checkChain(authority: ObjectValue): string | undefined {
  return (
    checkPem(authority, 'certificate_chain', CERTIFICATE, 'certificate') ??
    checkIdentity(authority, 'subject') ??
    checkFields(authority, ['certificate_chain', 'subject'])
  );
}

function checkKeyless(authority: ObjectValue): string | undefined {
  const wrong = checkIdentity(authority, 'issuer') ?? checkIdentity(authority, 'subject');
  if (wrong !== undefined) return wrong;
  for (const [name, claim] of authority.entries()) {
    if (typeof name !== 'string' || !CLAIM.test(name)) return 'the name of a claim is not in snake_case';
    if (compileIdentity(claim) === undefined) return `${name} must be a glob or {"regex": expression}`;
  }
  return undefined;
}

function checkNotation(authority: ObjectValue): string | undefined {
  const notation = authority.get('notation')!;
  if (!isObject(notation)) return `notation must be an object, not ${typeName(notation)}`;
  return (
    checkPem(notation, 'trust_store', CERTIFICATE, 'certificate') ??
    checkIdentities(notation.get('identities')) ??
    checkFields(notation, ['trust_store', 'identities']) ??
    checkFields(authority, ['notation'])
  );
}

function checkIdentities(identities: Value | undefined): string | undefined {
  const list = identities === undefined || !isSet(identities) ? identities : identities.items();
  if (list === undefined || !isArray(list) || list.length === 0)
    return 'notation needs identities: without one any signature would do';
  const isIdentity = (identity: Value) => typeof identity === 'string' && /[^*?\s]/.test(identity);
  return list.every(isIdentity) ? undefined : 'an identity of notation must be a text that names someone';
}

function checkPem(from: ObjectValue, key: string, form: RegExp, what: string): string | undefined {
  const pem = from.get(key);
  if (typeof pem === 'string' && PRIVATE_KEY.test(pem)) return `${key} holds a private key`;
  return typeof pem === 'string' && form.test(pem) ? undefined : `${key} must be a ${what} in PEM`;
}

function checkIdentity(authority: ObjectValue, key: string): string | undefined {
  const value = authority.get(key);
  if (value === undefined) return `an authority needs ${key}: without one any signature would do`;
  const accepts = compileIdentity(value);
  if (accepts === undefined) return `${key} must be a glob or {"regex": expression}`;
  return STRANGERS.some(accepts) ? `${key} takes anybody in: any signature would do` : undefined;
}

/** A field that is not known could be a condition that nobody checks. */
function checkFields(from: ObjectValue, known: readonly string[]): string | undefined {
  const other = from.keys().find(key => typeof key !== 'string' || !known.includes(key));
  return other === undefined ? undefined : `${JSON.stringify(other)} is no field beside ${known[0]}`;
}
