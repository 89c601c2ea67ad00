import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call } from './agreement.ts';

agreesWithOpa('hashes', [
  ['crypto.md5', ['lorem é'], 'e616b9d40671ccf8bdd86fc045337c22'],
  ['crypto.sha1', [''], 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['crypto.sha256', ['x'], '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'],
  ['crypto.md5', [1], undefined, 'eval_type_error'],
  ['crypto.hmac.md5', ['x', 'key'], '73d8b173b9fd35a933e2f69033f551c3'],
  ['crypto.hmac.sha1', ['x', 'key'], '2a00e8e8343df86c4c188b263eeca331afa31548'],
  ['crypto.hmac.sha256', ['x', ''], '4cbc96099a6467ce002461f10549b4898265ebe6188b45efacc44293516e62c4'],
  [
    'crypto.hmac.sha512',
    ['é', 'é'],
    '163f54375c95a2124beafb0de4a9812b5d91654ae0f2111f829929b209c90c0cc6236a36ab11007afcb38f3d6438b79f4bfafbd1b8bb5aa13bead658c6e82f7e',
  ],
  ['crypto.hmac.sha512', [1, 'é'], undefined, 'eval_type_error'],
  ['crypto.hmac.sha512', ['a', 1], undefined, 'eval_type_error'],
  ['crypto.hmac.equal', ['a', 'a'], true],
  ['crypto.hmac.equal', ['a', 'b'], false],
  ['crypto.hmac.equal', ['a', 'ab'], false],
  ['crypto.hmac.equal', ['a', 1], undefined, 'eval_type_error'],
]);

describe('a hash', () => {
  it('is of the bytes, UTF-8 or not', () => {
    const digest = 'ea5dbf9596d187e9500f23e9a680109475341cf4e81f7e043f7d97152c10772f';
    expect(call('crypto.sha256', call('hex.decode', 'ff00')!)).toBe(digest);
  });
});
