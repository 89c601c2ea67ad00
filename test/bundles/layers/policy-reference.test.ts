import { describe, expect, it } from 'vitest';
import { isChannelName, parsePolicyReference, writePolicyReference } from '../../../src/bundles/index.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

describe('a reference of a policy', () => {
  it.each([
    ['acme/web', undefined],
    ['acme/web@stable', { kind: 'channel', value: 'stable' }],
    ['acme/web@7', { kind: 'version', value: '7' }],
    ['acme/web@7a', { kind: 'channel', value: '7a' }],
    [`acme/web@${digest}`, { kind: 'digest', value: digest }],
    ['a/b-c@x-1', { kind: 'channel', value: 'x-1' }],
  ])('%s', (text, selector) => {
    const reference = parsePolicyReference(text);
    expect(reference?.selector).toEqual(selector);
    expect(writePolicyReference(reference!)).toBe(text);
  });

  it.each([
    '',
    'web',
    '/web',
    'acme/',
    'acme/web@',
    'acme/web@0',
    'acme/web@01',
    'acme/web@stable@7',
    'acme/web/x',
    'Acme/web',
    'acme/-web',
    'acme/web-',
    'acme/we_b',
    `acme/${'x'.repeat(65)}`,
    'acme/web@sha256:00',
    'acme/web@1234567890',
    '__proto__/x',
    'acme/web ',
  ])('is not %j', text => {
    expect(parsePolicyReference(text)).toBeUndefined();
  });

  it('has no channel of digits alone', () => {
    expect(['1', '007', 'v1', '1a', '-'].map(isChannelName)).toEqual([false, false, true, true, false]);
  });
});
