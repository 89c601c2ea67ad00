import { describe, expect, it } from 'vitest';
import {
  allowsHost,
  coversPattern,
  readHosts,
  toHost,
  toHostPattern,
} from '../../src/evidence/host-pattern.ts';

describe('toHostPattern', () => {
  it('puts a host in lower case', () => {
    expect(toHostPattern('API.Acme.IO')).toBe('api.acme.io');
  });

  it.each(['*.acme.io', 'localhost', 'api.acme.io:8443', '10.0.0.1', '[::1]:8443', 'xn--bcher-kva.example'])(
    'takes %s',
    text => {
      expect(toHostPattern(text)).toBe(text);
    },
  );

  it.each([
    '',
    '*',
    '*.io',
    '*.*.io',
    'api.*.io',
    'https://acme.io',
    'acme.io/teams',
    'me@acme.io',
    'acme..io',
    '.acme.io',
    'acme.io.',
    'acme.io:0',
    'acme.io:65536',
    '*.[::1]',
    'bücher.example',
    'acme.io\n',
    'a'.repeat(254),
  ])('refuses %j', text => {
    expect(toHostPattern(text)).toBeUndefined();
  });
});

describe('allowsHost', () => {
  it.each([
    ['api.acme.io', 443, true],
    ['api.acme.io', undefined, true],
    ['api.acme.io', 8443, false],
    ['eu.svc.acme.dev', 443, true],
    ['svc.acme.dev', 443, false],
    ['evilsvc.acme.dev', 443, false],
    ['hook.acme.io', 8443, true],
    ['hook.acme.io', 443, false],
    ['hook.acme.io', undefined, true],
    ['acme.io', undefined, false],
  ])('%s:%s is %s', (host, port, allowed) => {
    const patterns = ['api.acme.io', '*.svc.acme.dev', 'hook.acme.io:8443'];
    expect(allowsHost(patterns, host, port)).toBe(allowed);
  });
});

describe('coversPattern', () => {
  it.each([
    [['api.acme.io'], 'api.acme.io', true],
    [['*.acme.io'], 'api.acme.io', true],
    [['*.acme.io'], '*.acme.io', true],
    [['*.acme.io'], '*.eu.acme.io', true],
    [['*.acme.io'], 'acme.io', false],
    [['*.eu.acme.io'], '*.acme.io', false],
    [['api.acme.io'], '*.api.acme.io', false],
    [['*.acme.io'], '*.evilacme.io', false],
    [['api.acme.io'], 'api.acme.io:8443', false],
    [[], 'api.acme.io', false],
  ])('%j over %s is %s', (patterns, other, covers) => {
    expect(coversPattern(patterns, other)).toBe(covers);
  });
});

describe('readHosts', () => {
  it('reads a list', () => {
    expect(readHosts()).toEqual([]);
    expect(readHosts(' api.acme.io,*.Acme.dev\n')).toEqual(['api.acme.io', '*.acme.dev']);
    expect(() => readHosts('api.acme.io https://acme.io')).toThrow('no host: "https://acme.io"');
  });

  it('takes no patterns for hosts', () => {
    expect(['localhost', '10.0.0.1', '*.acme.io', 'localhost:80'].map(toHost)).toEqual([
      'localhost',
      '10.0.0.1',
      undefined,
      undefined,
    ]);
    expect(() => readHosts('*.acme.io', toHost)).toThrow('no host');
  });
});
