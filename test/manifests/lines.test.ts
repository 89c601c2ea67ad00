import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

/** The lines where the images of a pod stand. */
function lines(containers: string, newline = '\n') {
  const text = ['apiVersion: v1', 'kind: Pod', 'spec:', '  containers:', ...containers.split('\n')].join(
    newline,
  );
  return read(text).images.map(image => [image.ref, image.line]);
}

describe('lines', () => {
  it.each([
    [
      'plain',
      '  - image: a\n  - name: x\n    image: b',
      [
        ['a', 5],
        ['b', 7],
      ],
    ],
    ['comments', '  # image: no\n  - image: a # image: no', [['a', 6]]],
    ['flow', '  - {name: x,\n     image: a}', [['a', 6]]],
    ['on the next line', '  - image:\n      a', [['a', 6]]],
    [
      'quoted',
      `  - image: "a"\n  - image: 'b'`,
      [
        ['a', 5],
        ['b', 6],
      ],
    ],
    ['folded', '  - image: >-\n      a', [['a', 6]]],
    ['literal', '  - image: |-\n      a', [['a', 6]]],
    [
      'an alias of a scalar',
      '  - image: &i a\n  - image: *i',
      [
        ['a', 5],
        ['a', 6],
      ],
    ],
    [
      'an alias of a mapping',
      '  - &c {image: a}\n  - *c',
      [
        ['a', 5],
        ['a', 5],
      ],
    ],
    [
      'a merge',
      '  - &c {image: a}\n  - <<: *c\n    name: x',
      [
        ['a', 5],
        ['a', 5],
      ],
    ],
    ['empty', '  - image: ""', [['', 5]]],
    ['an explicit key', '  - ? image\n    : a', [['a', 6]]],
  ])('%s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected);
    expect(lines(text, '\r\n')).toEqual(expected);
  });

  it('are counted across documents, a byte order mark aside', () => {
    const pod = 'kind: Pod\nspec: {containers: [{image: a}]}\n';
    const { images } = read(`\ufeff${pod}---\n# empty\n---\n${pod}...\n---\n${pod}`);
    expect(images.map(image => [image.line, image.path?.slice(0, 2)])).toEqual([
      [2, '/0'],
      [7, '/2'],
      [11, '/3'],
    ]);
  });

  it('are counted in JSON, tabs and escapes too', () => {
    const text =
      '{\n\t"kind": "Pod",\n\t"spec": {"containers": [\n\t\t{"image":\n\t\t"\\u0061\\/b"}\n\t]}\n}\n';
    expect(read(text, 'pod.json').images).toMatchObject([{ ref: 'a/b', line: 5 }]);
  });

  it('escape keys in pointers', () => {
    const { images } = read('kind: X\na/b:\n  c~d: {containers: [{image: a}]}');
    expect(images[0]?.path).toBe('/0/a~1b/c~0d/containers/0/image');
  });
});

describe('the column of a reference', () => {
  const columns = (text: string) => read(text).images.map(({ line, column }) => [line, column]);

  it('is where it stands, in code points', () => {
    expect(
      columns('kind: Pod\nspec:\n  containers:\n  - image: nginx\n  - image: "redis:8"  # cache\n'),
    ).toEqual([
      [4, 12],
      [5, 13],
    ]);
    expect(columns('{kind: Pod, spec: {containers: [{name: 😀, image: nginx}]}}')).toEqual([[1, 50]]);
  });

  it('is left out where it is not sure', () => {
    for (const written of ['nginx # nginx', '&a busybox\n  - image: *a', '"ngin\\u0078"'])
      expect(columns(`kind: Pod\nspec:\n  containers:\n  - image: ${written}\n`).at(-1)![1]).toBeUndefined();
  });

  it('is left out in a line that is too long to look through', () => {
    const long = 'a'.repeat(2_000);
    const [place] = columns(`{kind: Pod, metadata: {name: ${long}}, spec: {containers: [{image: nginx}]}}`);
    expect(place).toEqual([1, undefined]);
  });
});
