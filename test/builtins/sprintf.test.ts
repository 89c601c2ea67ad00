import { agreesWithOpa, big, set } from './agreement.ts';

agreesWithOpa('sprintf: values', [
  ['sprintf', ['hi', []], 'hi'],
  ['sprintf', ['%s has %d', ['nginx', 3]], 'nginx has 3'],
  ['sprintf', ['%v %v %v', ['a', 1, 1.5]], 'a 1 1.5'],
  ['sprintf', ['%v %v', [true, null]], 'true null'],
  ['sprintf', ['%v', [['a', 1, { b: set(2, 1), c: set() }]]], '["a", 1, {"b": {1, 2}, "c": set()}]'],
  ['sprintf', ['%s', [{ a: 'q"\n\u0000é' }]], '{"a": "q\\"\\n\\x00é"}'],
  ['sprintf', ['%v', [big('123456789012345678901234567890')]], '123456789012345678901234567890'],
  ['sprintf', ['%v %v %v', [1000000.5, 0.00001, 123456.789]], '1.0000005e+06 1e-05 123456.789'],
  ['sprintf', ['%d%%', [5]], '5%'],
]);

agreesWithOpa('sprintf: verbs', [
  ['sprintf', ['%x %X %o %b %c %U %q', [255, 255, 8, 5, 65, 128512, 65]], "ff FF 10 101 A U+1F600 'A'"],
  ['sprintf', ['%x %X %q', ['hé', 'hé', 'a"b']], '68c3a9 68C3A9 "a\\"b"'],
  [
    'sprintf',
    ['%e %E %f %F %g %G', [1.5, 1.5, 1.5, 1.5, 1.5, 1.5]],
    '1.500000e+00 1.500000E+00 1.500000 1.500000 1.5 1.5',
  ],
  ['sprintf', ['%b %x', [1.5, 1.5]], '6755399441055744p-52 0x1.8p+00'],
  ['sprintf', ['%O %#x %#o %#b %#q', [8, 255, 8, 5, 'a']], '0o10 0xff 010 0b101 `a`'],
  [
    'sprintf',
    ['%x %o %d', [big('18446744073709551616'), big('-18446744073709551616'), big('18446744073709551616')]],
    '10000000000000000 -2000000000000000000000 18446744073709551616',
  ],
  ['sprintf', ['%T %T %T %T', ['a', 1, 1.5, big('18446744073709551616')]], 'string int64 float64 *big.Int'],
  ['sprintf', ['%t', ['true']], '%!t(string=true)'],
]);

agreesWithOpa('sprintf: flags, width, precision', [
  ['sprintf', ['%5d|%-5d|%05d|%+d|% d', [42, 42, 42, 42, 42]], '   42|42   |00042|+42| 42'],
  ['sprintf', ['%5s|%-5s|%05s|%.2s', ['é', 'é', 'é', 'é😀x']], '    é|é    |0000é|é😀'],
  [
    'sprintf',
    ['%8.3f|%-8.3f|%08.3f|%+.1f', [2.34567, 2.34567, -2.34567, 2.34567]],
    '   2.346|2.346   |-002.346|+2.3',
  ],
  ['sprintf', ['%.0f %.0f %.0f %.20f', [0.5, 1.5, 2.5, 0.1]], '0 2 2 0.10000000000000000555'],
  ['sprintf', ['%.3d|%.0d|%6.3d', [5, 0, 5]], '005||   005'],
  ['sprintf', ['%.3g %.10g %#g', [123456.5, 123456.5, 1.5]], '1.23e+05 123456.5 1.50000'],
  ['sprintf', ['%*d|%-*d|%.*f', [5, 42, 5, 42, 2, 2.34567]], '   42|42   |2.35'],
  ['sprintf', ['% x|%# x', ['abc', 'abc']], '61 62 63|0x61 0x62 0x63'],
  ['sprintf', ['%+q %#U', ['é', 233]], '"\\u00e9" U+00E9 \'é\''],
  ['sprintf', ['%#v %+v', ['a', [1]]], '"a" [1]'],
]);

agreesWithOpa('sprintf: indexes', [
  ['sprintf', ['%[2]s %[1]s', ['a', 'b']], 'b a'],
  ['sprintf', ['%[1]s %[1]s', ['a', 'b']], 'a a'],
  ['sprintf', ['%[3]s', ['a']], '%!s(BADINDEX)'],
  ['sprintf', ['%[x]s', ['a']], '%!s(BADINDEX)'],
  ['sprintf', ['%[1]*d', [5]], '%!d(MISSING)'],
]);

agreesWithOpa('sprintf: mistakes', [
  ['sprintf', ['%d', ['x']], '%!d(string=x)'],
  ['sprintf', ['%s', [5]], '%!s(int64=5)'],
  ['sprintf', ['%d', [true]], '%!d(string=true)'],
  ['sprintf', ['%d', [1.5]], '%!d(float64=1.5)'],
  ['sprintf', ['%s %s', ['a']], 'a %!s(MISSING)'],
  ['sprintf', ['%s', ['a', 1]], 'a%!(EXTRA int64=1)'],
  ['sprintf', ['%', ['a']], '%!(NOVERB)%!(EXTRA string=a)'],
  ['sprintf', ['%z', ['a']], '%!z(string=a)'],
  ['sprintf', ['%*d', ['a', 1]], '%!(BADWIDTH)1'],
  ['sprintf', ['%.*d', [-1, 1]], '%!(BADPREC)1'],
  ['sprintf', ['%!', []], '%!!(MISSING)'],
  ['sprintf', ['%-', []], '%!(NOVERB)'],
  ['sprintf', [1, []], undefined, 'eval_type_error'],
  ['sprintf', ['a', 'b'], undefined, 'eval_type_error'],
]);
