import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call, set } from './agreement.ts';

agreesWithOpa('base64, hexadecimal and URL queries', [
  ['base64.encode', ['héllo?>'], 'aMOpbGxvPz4='],
  ['base64.encode', [''], ''],
  ['base64.decode', ['aGVsbG8='], 'hello'],
  ['base64.decode', ['aGVsbG8'], undefined, 'eval_builtin_error'],
  ['base64.decode', ['aGVs\nbG8=\r\n'], 'hello'],
  ['base64.decode', ['a GVsbG8='], undefined, 'eval_builtin_error'],
  ['base64.decode', ['/+8='], '��'],
  ['base64.decode', ['_-8='], undefined, 'eval_builtin_error'],
  ['base64.decode', ['===='], undefined, 'eval_builtin_error'],
  ['base64.decode', ['='], undefined, 'eval_builtin_error'],
  ['base64.decode', ['YR=='], 'a'],
  ['base64.decode', ['YQ==YQ=='], undefined, 'eval_builtin_error'],
  ['base64.decode', ['YQ=\n='], 'a'],
  ['base64.is_valid', ['aGVsbG8='], true],
  ['base64.is_valid', ['aGVsbG8'], false],
  ['base64.is_valid', [1], false],
  ['base64.is_valid', [''], true],
  ['base64url.encode', ['héllo?>~~'], 'aMOpbGxvPz5-fg=='],
  ['base64url.encode_no_pad', ['héllo?>'], 'aMOpbGxvPz4'],
  ['base64url.decode', ['aMOpbGxvPz4'], 'héllo?>'],
  ['base64url.decode', ['aMOpbGxvPz4='], 'héllo?>'],
  ['base64url.decode', ['aMOpbGxvPz'], 'héllo?'],
  ['base64url.decode', ['aMOpbGxvP'], undefined, 'eval_builtin_error'],
  ['base64url.decode', ['aMOp+GxvPz4='], undefined, 'eval_builtin_error'],
  ['base64url.decode', [''], ''],
  ['base64.decode', [1], undefined, 'eval_type_error'],
  ['base64.decode', ['gIGC'], '���'],
  ['hex.encode', ['hé'], '68c3a9'],
  ['hex.decode', ['68C3a9'], 'hé'],
  ['hex.decode', ['6'], undefined, 'eval_builtin_error'],
  ['hex.decode', ['zz'], undefined, 'eval_builtin_error'],
  ['hex.decode', [''], ''],
  ['hex.decode', ['ff00'], '�\u0000'],
  ['hex.decode', ['f09f9880'], '😀'],
  ['hex.decode', ['eda080'], '���'],
  ['hex.decode', ['c3'], '�'],
  ['hex.decode', ['e28261e282ac'], '��a€'],
  ['urlquery.encode', ["a b&c=é/?~-_.!*'()"], 'a+b%26c%3D%C3%A9%2F%3F~-_.%21%2A%27%28%29'],
  ['urlquery.decode', ['a+b%26c%3D%c3%A9'], 'a b&c=é'],
  ['urlquery.decode', ['%zz'], undefined, 'eval_builtin_error'],
  ['urlquery.decode', ['%'], undefined, 'eval_builtin_error'],
  ['urlquery.decode', ['%2'], undefined, 'eval_builtin_error'],
  ['urlquery.decode', ['%ff'], '�'],
  ['urlquery.encode_object', [{ a: 'b c', m: set('x', 'y'), z: ['1', '2'] }], 'a=b+c&m=x&m=y&z=1&z=2'],
  ['urlquery.encode_object', [{ a: 1 }], undefined, 'eval_type_error'],
  ['urlquery.encode_object', [{ a: [1] }], undefined, 'eval_type_error'],
  [
    'urlquery.encode_object',
    [
      {
        $obj: [
          [1, 'x'],
          [10, 'z'],
          [9, 'y'],
        ],
      },
    ],
    undefined,
    'eval_type_error',
  ],
  ['urlquery.encode_object', [{}], ''],
  ['urlquery.encode_object', [{ a: [] }], ''],
  ['urlquery.encode_object', [[]], undefined, 'eval_type_error'],
  [
    'urlquery.decode_object',
    ['a=1&b=2&a=3&c&=x&&d=e=f'],
    { '': ['x'], a: ['1', '3'], b: ['2'], c: [''], d: ['e=f'] },
  ],
  ['urlquery.decode_object', ['a;b'], undefined, 'eval_builtin_error'],
  ['urlquery.decode_object', ['a=%zz'], undefined, 'eval_builtin_error'],
  ['urlquery.decode_object', [''], {}],
  ['urlquery.decode_object', ['__proto__=1&a+b=c+d'], { ['__proto__']: ['1'], 'a b': ['c d'] }],
]);

describe('binary data', () => {
  it('survives from one encoding to another', () => {
    const digest = 'ff00c3e282f09f80eda0800a';
    const decoded = call('hex.decode', digest)!;
    expect(call('hex.encode', call('base64.decode', call('base64.encode', decoded)!)!)).toBe(digest);
    expect(call('hex.encode', call('urlquery.decode', call('urlquery.encode', decoded)!)!)).toBe(digest);
  });

  it('leaves text alone', () => {
    expect(call('base64.decode', call('base64.encode', '\ufeffé😀')!)).toBe('\ufeffé😀');
  });
});
