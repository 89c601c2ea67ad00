import { describe, expect, it } from 'vitest';
import { checkAuthority, compileIdentity } from '../../src/images/index.ts';
import { fromJson, type Json, SetValue } from '../../src/values/index.ts';

const key = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n';
const chain = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const keyless = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*',
};

describe('checkAuthority', () => {
  it.each<[Json]>([
    [{ key }],
    [keyless],
    [{ ...keyless, source_repository: 'https://github.com/acme/api' }],
    [{ ...keyless, subject: { regex: 'https://github\\.com/acme/.*' } }],
    [{ certificate_chain: chain, subject: 'release@acme.io' }],
    [{ notation: { trust_store: chain, identities: ['x509.subject: C=US, O=acme, CN=release'] } }],
    [[{ key }, keyless]],
  ])('finds nothing wrong with %j', authority => {
    expect(checkAuthority(fromJson(authority))).toBeUndefined();
  });

  it('takes a set', () => {
    expect(checkAuthority(SetValue.of([fromJson({ key }), fromJson(keyless)]))).toBeUndefined();
    expect(checkAuthority(SetValue.empty)).toContain('empty');
  });

  it.each<[Json, string]>([
    [null, 'not null'],
    ['release', 'not string'],
    [[], 'empty'],
    [['release'], 'not string'],
    [[{ key }, {}], 'needs a key'],
    [[[{ key }]], 'not array'],
    [{}, 'needs a key'],
    [{ constructor: 'x' }, 'needs a key'],
    [{ key: '' }, 'public key in PEM'],
    [{ key: 7 }, 'public key in PEM'],
    [{ key: chain }, 'public key in PEM'],
    [{ key: '-----BEGIN EC PRIVATE KEY-----' }, 'private key'],
    [{ key, ...keyless }, 'not several'],
    [{ key, subject: 'a@acme.io' }, '"subject" is no field'],
    [{ issuer: keyless.issuer }, 'needs subject'],
    [{ subject: keyless.subject }, 'needs an issuer'],
    [{ ...keyless, subject: '*' }, 'anybody'],
    [{ ...keyless, subject: '**' }, 'anybody'],
    [{ ...keyless, subject: 'https://**' }, 'anybody'],
    [{ ...keyless, subject: '*@*' }, 'anybody'],
    [{ ...keyless, subject: { regex: '.*' } }, 'anybody'],
    [{ ...keyless, subject: { regex: '^https?://.+$' } }, 'anybody'],
    [{ ...keyless, issuer: '**' }, 'anybody'],
    [{ ...keyless, subject: '' }, 'must be a glob'],
    [{ ...keyless, subject: null }, 'must be a glob'],
    [{ ...keyless, subject: [] }, 'must be a glob'],
    [{ ...keyless, subject: { regex: '(' } }, 'must be a glob'],
    [{ ...keyless, subject: { regex: 'a', flags: 'i' } }, 'must be a glob'],
    [{ ...keyless, source_repository: true }, 'must be a glob'],
    [{ ...keyless, 'Source Repository': 'x' }, 'snake_case'],
    [{ certificate_chain: chain }, 'needs subject'],
    [{ certificate_chain: key, subject: 'a@acme.io' }, 'certificate in PEM'],
    [{ certificate_chain: chain, subject: '**' }, 'anybody'],
    [{ notation: {} }, 'certificate in PEM'],
    [{ notation: { trust_store: chain } }, 'needs identities'],
    [{ notation: { trust_store: chain, identities: [] } }, 'needs identities'],
    [{ notation: { trust_store: chain, identities: ['*'] } }, 'names someone'],
    [{ notation: { trust_store: chain, identities: [7] } }, 'names someone'],
    [{ notation: { trust_store: chain, identities: ['CN=a'], level: 'skip' } }, '"level" is no field'],
  ])('says what is wrong with %j', (authority, message) => {
    expect(checkAuthority(fromJson(authority))).toContain(message);
  });
});

describe('compileIdentity', () => {
  it.each<[Json, string, boolean]>([
    [keyless.subject, 'https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1', true],
    [keyless.subject, 'https://github.com/acme/a/b/.github/workflows/release.yml@refs/tags/v1', false],
    [keyless.subject, 'https://github.com/acme/api/.github/workflows/release.yml@refs/heads/main', false],
    [keyless.subject, 'https://github.com/acme-evil/api/.github/workflows/release.yml@refs/tags/v1', false],
    ['https://github.com/acme/**', 'https://github.com/acme/a/b', true],
    ['release@acme.io', 'release@acme.io.evil.example', false],
    ['release@acme.io', 'releaseXacme.io', false],
    ['*@acme.io', 'a@acme.io', true],
    ['spiffe://acme/#1', 'spiffe://acme/x/1', false],
    [{ regex: 'https://github\\.com/acme/.*' }, 'https://github.com/acme/api', true],
    [{ regex: 'https://github\\.com/acme/.*' }, 'https://evil.example/https://github.com/acme/api', false],
    [{ regex: 'release@acme\\.io' }, 'release@acme.io.evil.example', false],
  ])('%j and %s: %s', (pattern, text, expected) => {
    expect(compileIdentity(fromJson(pattern))!(text)).toBe(expected);
  });
});
