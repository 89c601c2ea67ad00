import { describe, expect, it } from 'vitest';
import type { Need } from '../../src/builtins/index.ts';
import type { Value } from '../../src/values/index.ts';
import { agreesWithOpa, call, callIn, context, outcome, set, toValue } from './agreement.ts';

agreesWithOpa('networks', [
  ['net.cidr_contains', ['10.0.0.0/8', '10.1.2.3'], true],
  ['net.cidr_contains', ['10.0.0.0/8', '11.1.2.3'], false],
  ['net.cidr_contains', ['10.0.0.0/8', '10.2.0.0/16'], true],
  ['net.cidr_contains', ['10.0.0.0/16', '10.0.0.0/8'], false],
  ['net.cidr_contains', ['10.0.0.0/8', 'x'], undefined, 'eval_builtin_error'],
  ['net.cidr_contains', ['10.0.0.0/33', '10.0.0.1'], undefined, 'eval_builtin_error'],
  ['net.cidr_contains', ['10.0.0.0', '10.0.0.1'], undefined, 'eval_builtin_error'],
  ['net.cidr_contains', ['010.0.0.0/8', '10.0.0.1'], undefined, 'eval_builtin_error'],
  ['net.cidr_contains', ['10.0.0.0/08', '10.0.0.1'], true],
  ['net.cidr_contains', ['::/0', '10.0.0.1'], false],
  ['net.cidr_contains', ['::ffff:10.0.0.0/104', '10.0.0.1'], true],
  ['net.cidr_contains', ['::ffff:10.0.0.0/104', '::ffff:10.0.0.1'], true],
  ['net.cidr_contains', ['10.0.0.0/8', '::ffff:10.0.0.1'], true],
  ['net.cidr_contains', ['2001:db8::/32', '2001:db8:1::/48'], true],
  ['net.cidr_contains', ['2001:db8::/32', '2001:DB8::1'], true],
  ['net.cidr_contains', ['::/80', '::/80'], true],
  ['net.cidr_contains', ['::/80', '::/96'], true],
  ['net.cidr_contains', ['fe80::1%eth0/64', 'fe80::1'], undefined, 'eval_builtin_error'],
  ['net.cidr_contains', ['::/0', '::ffff:1.2.3.0/120'], false],
  ['net.cidr_contains', ['::ffff:1.2.3.0/80', '::ffff:1.2.3.0/120'], false],
  ['net.cidr_contains', [1, '10.0.0.1'], undefined, 'eval_type_error'],
  ['net.cidr_contains', ['10.0.0.0/8', 1], undefined, 'eval_type_error'],
  ['net.cidr_contains', ['0.0.0.0/0', '255.255.255.255'], true],
  ['net.cidr_intersects', ['192.168.1.0/25', '192.168.1.64/25'], true],
  ['net.cidr_intersects', ['192.168.1.0/25', '192.168.1.128/25'], false],
  ['net.cidr_intersects', ['192.168.1.1', '192.168.1.128/25'], undefined, 'eval_builtin_error'],
  ['net.cidr_intersects', ['::/0', '10.0.0.0/8'], false],
  ['net.cidr_intersects', ['10.0.0.0/8', '10.255.0.0/16'], true],
  ['net.cidr_contains_matches', ['1.1.1.0/24', '1.1.1.128'], [['1.1.1.0/24', '1.1.1.128']]],
  ['net.cidr_contains_matches', [['1.1.1.0/24', '1.1.2.0/24'], '1.1.1.128'], [[0, '1.1.1.128']]],
  [
    'net.cidr_contains_matches',
    [
      [['1.1.0.0/16', 'foo'], '1.1.2.0/24'],
      ['1.1.1.128', ['1.1.254.254', 'bar']],
    ],
    [
      [0, 0],
      [0, 1],
    ],
  ],
  [
    'net.cidr_contains_matches',
    [{ x: '1.1.0.0/16' }, set('1.1.1.1', ['1.1.254.254', 'bar'])],
    [
      ['x', '1.1.1.1'],
      ['x', ['1.1.254.254', 'bar']],
    ],
  ],
  ['net.cidr_contains_matches', [['x'], []], []],
  ['net.cidr_contains_matches', [['x'], ['1.1.1.1']], undefined, 'eval_builtin_error'],
  ['net.cidr_contains_matches', [[[]], ['1.1.1.1']], undefined, 'eval_builtin_error'],
  ['net.cidr_contains_matches', [[1], ['1.1.1.1']], undefined, 'eval_builtin_error'],
  ['net.cidr_contains_matches', [1, ['1.1.1.1']], []],
  ['net.cidr_contains_matches', [['1.1.1.0/24'], [[1]]], undefined, 'eval_type_error'],
  ['net.cidr_expand', ['192.168.1.1/30'], ['192.168.1.0', '192.168.1.1', '192.168.1.2', '192.168.1.3']],
  ['net.cidr_expand', ['1.2.3.4/32'], ['1.2.3.4']],
  ['net.cidr_expand', ['2001:db8::/126'], ['2001:db8::', '2001:db8::1', '2001:db8::2', '2001:db8::3']],
  ['net.cidr_expand', ['::ffff:1.2.3.4/127'], ['1.2.3.4', '1.2.3.5']],
  ['net.cidr_expand', ['255.255.255.254/31'], ['255.255.255.254', '255.255.255.255']],
  ['net.cidr_expand', ['x'], undefined, 'eval_builtin_error'],
  ['net.cidr_is_valid', ['10.0.0.0/8'], true],
  ['net.cidr_is_valid', ['10.0.0.0'], false],
  ['net.cidr_is_valid', [1], false],
  ['net.cidr_is_valid', ['::/129'], false],
  ['net.cidr_is_valid', ['::1::/8'], false],
  ['net.cidr_is_valid', ['1:2:3:4:5:6:7:8/8'], true],
  ['net.cidr_is_valid', ['1:2:3:4:5:6:7::/8'], true],
  ['net.cidr_is_valid', ['1:2:3:4:5:6:7:8::/8'], false],
  ['net.cidr_is_valid', ['::1.2.3.4/8'], true],
  ['net.cidr_is_valid', ['1.2.3.4::/8'], false],
  ['net.cidr_is_valid', ['1:2:3:4:5:6:1.2.3.4/8'], true],
  ['net.cidr_is_valid', ['12345::/8'], false],
  ['net.cidr_is_valid', [':1/8'], false],
  ['net.cidr_is_valid', ['1:/8'], false],
  ['net.cidr_is_valid', ['/8'], false],
  ['net.cidr_is_valid', ['1.2.3.4/'], false],
  ['net.cidr_is_valid', ['1.2.3.4/+8'], false],
  ['net.cidr_is_valid', ['::/0000000000000008'], true],
  ['net.cidr_merge', [['192.0.128.0/24', '192.0.129.0/24']], ['192.0.128.0/23']],
  ['net.cidr_merge', [['10.0.0.1', '10.0.0.2']], ['10.0.0.0/8']],
  ['net.cidr_merge', [['192.0.2.112']], ['192.0.2.112/24']],
  ['net.cidr_merge', [['224.0.2.112']], ['224.0.2.112/24']],
  ['net.cidr_merge', [['172.16.0.5', '172.17.0.1']], ['172.16.0.0/15']],
  [
    'net.cidr_merge',
    [['10.0.0.0/30', '10.0.0.4/31', '10.0.0.6/32']],
    ['10.0.0.0/30', '10.0.0.4/31', '10.0.0.6/32'],
  ],
  ['net.cidr_merge', [['2001:db8::/33', '2001:db8:8000::/33']], ['2001:db8::/32']],
  ['net.cidr_merge', [['::1']], undefined, 'eval_builtin_error'],
  ['net.cidr_merge', [['0.0.0.0/1', '128.0.0.0/1']], ['0.0.0.0/0']],
  ['net.cidr_merge', [['::/1', '8000::/1']], ['::/0']],
  [
    'net.cidr_merge',
    [['10.0.0.5/32', '10.0.0.6/32', '10.0.0.7/32', '10.0.0.8/32']],
    ['10.0.0.5/32', '10.0.0.6/31', '10.0.0.8/32'],
  ],
  ['net.cidr_merge', [[1]], undefined, 'eval_builtin_error'],
  ['net.cidr_merge', [['x']], undefined, 'eval_builtin_error'],
  ['net.cidr_merge', [[]], []],
  ['net.cidr_merge', [set('10.0.0.0/8', '10.1.0.0/16')], ['10.0.0.0/8']],
  ['net.cidr_merge', [['10.1.0.0/16', '10.0.0.0/8', '9.0.0.0/8']], ['10.0.0.0/8', '9.0.0.0/8']],
  [
    'net.cidr_merge',
    [['2001:db8::1/128', '2001:db8::2/128', '2001:db8::3/128']],
    ['2001:db8::1/128', '2001:db8::2/127'],
  ],
  ['net.lookup_ip_addr', ['10.0.0.0'], ['10.0.0.0']],
  ['net.lookup_ip_addr', ['::ffff:1.2.3.4'], ['1.2.3.4']],
]);

describe('what asks the outside', () => {
  function answering(asked: Need[], answer?: Value) {
    const ask = (need: Need) => {
      asked.push(need);
      return answer;
    };
    return context({ evidence: { ask } });
  }

  it('records a need and is undefined until there is an answer', () => {
    const asked: Need[] = [];
    expect(callIn(answering(asked), 'net.lookup_ip_addr', 'acme.io')).toBeUndefined();
    expect(asked).toEqual([{ kind: 'net.lookup_ip_addr', key: 'acme.io', request: 'acme.io' }]);
    expect(callIn(answering([], set('1.2.3.4')), 'net.lookup_ip_addr', 'acme.io')).toEqual(set('1.2.3.4'));
  });

  it('asks equal HTTP requests by equal keys', () => {
    const asked: Need[] = [];
    callIn(answering(asked), 'http.send', { method: 'get', url: 'https://acme.io' });
    callIn(answering(asked), 'http.send', { url: 'https://acme.io', method: 'get' });
    expect(asked[0]!.key).toBe(asked[1]!.key);
  });

  it('is an error where nothing may be asked', () => {
    expect(outcome('net.lookup_ip_addr', 'acme.io')).toEqual({ code: 'eval_builtin_error' });
    expect(outcome('http.send', { method: 'get', url: 'x' })).toEqual({ code: 'eval_builtin_error' });
  });

  it('checks the keys of a request first', () => {
    expect(outcome('http.send', { method: 'get', url: 'x', bad_key: 1 })).toEqual({
      code: 'eval_type_error',
    });
    expect(outcome('http.send', { method: 'get' })).toEqual({ code: 'eval_type_error' });
    expect(outcome('http.send', { method: 'get', url: 'x', raise_error: 1 })).toEqual({
      code: 'eval_builtin_error',
    });
    expect(call('http.send', { constructor: 1, raise_error: false })).toEqual(
      toValue({
        status_code: 0,
        error: {
          code: 'eval_http_send_internal_error',
          message: 'http.send: operand 1 invalid request parameters(s): {"constructor"}',
        },
      }),
    );
  });
});

describe('a large network', () => {
  it('is not expanded beyond the budget', () => {
    expect(() => call('net.cidr_expand', '0.0.0.0/0')).toThrow('resultSize');
    expect(() => call('net.cidr_expand', '::/0')).toThrow('resultSize');
  });
});
