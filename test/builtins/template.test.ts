import { agreesWithOpa, set } from './agreement.ts';

agreesWithOpa('templates: values', [
  ['strings.render_template', ['a {{.x}} b', { x: 1 }], 'a 1 b'],
  [
    'strings.render_template',
    ['{{.x.y}} {{.no}} {{.no.no}}', { x: { y: 'z' } }],
    'z <undefined> <undefined>',
  ],
  [
    'strings.render_template',
    ['{{.l}} {{.o}}', { l: [1, 'a', null, true], o: { b: 1, a: [2] } }],
    '[1 a <nil> true] map[a:[2] b:1]',
  ],
  ['strings.render_template', ['{{.}}', { a: 1 }], 'map[a:1]'],
  [
    'strings.render_template',
    ['{{index .l 1}} {{index .o "k"}} {{len .l}} {{len .s}}', { l: [1, 2], o: { k: 'v' }, s: 'é' }],
    '2 v 2 2',
  ],
  [
    'strings.render_template',
    ['{{"a\n"}}{{`b`}}{{5}}{{1.5}}{{true}}{{0x10}}{{010}}', {}],
    undefined,
    'eval_builtin_error',
  ],
  ['strings.render_template', ['{{.x.y}}', { x: 'a' }], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{.x}}', { x: set(1) }], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['<no value>', {}], '<undefined>'],
]);

agreesWithOpa('templates: control', [
  ['strings.render_template', ['{{if .a}}A{{else if .b}}B{{else}}C{{end}}', { b: true }], 'B'],
  ['strings.render_template', ['{{if and .a (not .b)}}A{{end}}', { a: [1], b: '' }], 'A'],
  ['strings.render_template', ['{{range .l}}<{{.}}>{{else}}none{{end}}', { l: ['a', 'b'] }], '<a><b>'],
  ['strings.render_template', ['{{range .l}}<{{.}}>{{else}}none{{end}}', { l: [] }], 'none'],
  ['strings.render_template', ['{{range $i, $x := .l}}{{$i}}{{$x}}{{end}}', { l: ['a', 'b'] }], '0a1b'],
  [
    'strings.render_template',
    ['{{range $k, $v := .o}}{{$k}}={{$v}};{{end}}', { o: { b: 1, a: 2 } }],
    'a=2;b=1;',
  ],
  ['strings.render_template', ['{{range 3}}{{.}}{{end}}', {}], '012'],
  [
    'strings.render_template',
    [
      '{{range .l}}{{if eq . "b"}}{{break}}{{end}}{{if eq . "x"}}{{continue}}{{end}}{{.}}{{end}}',
      { l: ['a', 'x', 'b', 'c'] },
    ],
    'a',
  ],
  ['strings.render_template', ['{{with .o}}{{.k}}{{$.z}}{{else}}no{{end}}', { o: { k: 1 }, z: 2 }], '12'],
  ['strings.render_template', ['{{$x := 1}}{{if true}}{{$x = 2}}{{$x := 3}}{{end}}{{$x}}', {}], '2'],
  [
    'strings.render_template',
    ['{{define "t"}}[{{.}}]{{end}}{{template "t" .x}}{{block "b" 1}}({{.}}){{end}}', { x: 1 }],
    '[1](1)',
  ],
  ['strings.render_template', [' a {{- .x -}} b {{/* c */}}', { x: 1 }], ' a1b '],
]);

agreesWithOpa('templates: functions', [
  [
    'strings.render_template',
    ['{{printf "%s-%d" .s 5}} {{print 1 2 "a" 3}} {{println "x"}}', { s: 'q' }],
    'q-5 1 2a3 x\n',
  ],
  ['strings.render_template', ['{{.s | printf "%q" | len}}', { s: 'abc' }], '5'],
  [
    'strings.render_template',
    ['{{html .s}} {{js .s}} {{urlquery .s}}', { s: '<a b="c">' }],
    '&lt;a b=&#34;c&#34;&gt; \\u003Ca b\\u003D\\"c\\"\\u003E %3Ca+b%3D%22c%22%3E',
  ],
  [
    'strings.render_template',
    ['{{eq 1 2 1}} {{ne "a" "b"}} {{lt 1 2}} {{ge 1.5 2.5}} {{eq .n .n}}', { n: 1 }],
    'true true true false true',
  ],
  [
    'strings.render_template',
    ['{{or .no "x"}} {{and 0 (index .l 9)}} {{slice "abcd" 1 3}}', { l: [] }],
    'x 0 bc',
  ],
  ['strings.render_template', ['{{eq .n 1}}', { n: 1 }], undefined, 'eval_builtin_error'],
]);

agreesWithOpa('templates: mistakes', [
  ['strings.render_template', ['{{', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{.x', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{if .x}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{end}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{else}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{nope 1}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{$x}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{template "t"}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{break}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{1 | 2}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{.x 1}}', { x: 1 }], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{index .l 5}}', { l: [1] }], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{range .s}}{{end}}', { s: 'abc' }], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{nil}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', ['{{"a}}', {}], undefined, 'eval_builtin_error'],
  ['strings.render_template', [1, {}], undefined, 'eval_type_error'],
  ['strings.render_template', ['a', []], undefined, 'eval_type_error'],
]);
