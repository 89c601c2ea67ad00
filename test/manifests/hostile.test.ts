import { describe, expect, it } from 'vitest';
import { limits } from '../../src/base/index.ts';
import { readSubmission, toInput } from '../../src/manifests/index.ts';
import { fromJson, isObject, type Json } from '../../src/values/index.ts';
import { problems, read } from './read.ts';

const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
for (let i = 1; i < 12; i++) bomb.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`);

describe('what cannot be read is a problem, never an exception', () => {
  it.each([
    ['an alias bomb', bomb.join('\n'), 'limit_error web.yaml:5'],
    ['nesting', `a: ${'['.repeat(600)}`, 'limit_error web.yaml:1'],
    [
      'nesting by aliases',
      `a: &a ${'['.repeat(300)}${']'.repeat(300)}\nb: ${'['.repeat(300)}*a${']'.repeat(300)}`,
      'limit_error web.yaml:1',
    ],
    ['an alias of itself', 'a: &a [*a]', 'manifest_error web.yaml:1'],
    ['an alias of nothing', 'a: 1\nb: *nothing', 'manifest_error web.yaml:2'],
    ['a key twice', 'a: 1\nb: 2\n"a": 3', 'manifest_error web.yaml:3'],
    ['a key that is a list', 'a: 1\n? [b]\n: c', 'manifest_error web.yaml:2'],
    ['an unknown tag', 'a: 1\nb: !secret x', 'manifest_error web.yaml:2'],
    ['a tag on a mapping', 'a: !thing {}', 'manifest_error web.yaml:1'],
    ['bytes', 'a: !!binary bmdpbng=', 'manifest_error web.yaml:1'],
    ['a tag that does not fit', 'a: !!int x', 'manifest_error web.yaml:1'],
    ['a tag renamed', '%TAG !! tag:acme.io,2026:\n---\na: !!str x', 'manifest_error web.yaml:1'],
    ['an open quote', 'a: 1\nb: "x\nc: 2', 'manifest_error web.yaml:3'],
    ['a tab', 'a:\n\tb: 1', 'manifest_error web.yaml:2'],
    ['a null byte', 'a: \0', 'manifest_error web.yaml:1'],
    ['a merge of a scalar', 'a: 1\n<<: 2', 'manifest_error web.yaml:2'],
    ['a document that is a word', 'apiVersion: v1\n---\nnginx is not here', 'manifest_error web.yaml:3'],
  ])('%s', (_, text, expected) => {
    expect(problems(read(text))).toEqual([expected]);
  });

  it('a template says how to send it', () => {
    const [problem] = read('kind: Pod\n{{- if .Values.x }}\nspec: 1\n{{- end }}').problems;
    expect(problem?.message).toContain('template');
    expect(problem?.hint).toContain('helm template');
  });

  it('too many images, documents, nodes', () => {
    const images = `containers: [${'{image: a},'.repeat(limits.images + 1)}]`;
    expect(problems(read(images))).toEqual(['limit_error web.yaml:1']);
    expect(problems(read('---\na: 1\n'.repeat(limits.documents + 1)))).toHaveLength(1);
    expect(problems(read('-\n'.repeat(limits.manifestNodes)))[0]).toMatch(/^limit_error/u);
    const list = readSubmission({ images: Array.from({ length: limits.images + 1 }, () => 'a') });
    expect(list.problems[0]?.code).toBe('limit_error');
  });

  it('a parsed object nested too deep', () => {
    let json: Json = 1;
    for (let i = 0; i < limits.nesting + 2; i++) json = [json];
    expect(readSubmission({ manifests: fromJson({ a: json }) }).problems[0]?.code).toBe('limit_error');
  });

  it('a context that is no object', () => {
    expect(readSubmission({ context: 'production' }).problems).toHaveLength(1);
  });

  it('problems of one file do not hide those of another', () => {
    const files = [
      { name: 'a.yaml', text: 'a: "' },
      { name: 'b.yaml', text: 'a: 1\na: 2' },
    ];
    expect(problems(readSubmission({ files }))).toEqual([
      'manifest_error a.yaml:1',
      'manifest_error b.yaml:2',
    ]);
  });
});

describe('keys that JavaScript knows', () => {
  it('are data', () => {
    const submission = read(
      'kind: X\n__proto__: {containers: [{image: a}]}\nconstructor: {image: b}\nhasOwnProperty: 1',
    );
    expect(submission.images.map(image => image.path)).toEqual(['/0/__proto__/containers/0/image']);
    expect(submission.unchecked.map(field => field.path)).toEqual(['/0/constructor/image']);
    const input = toInput(submission);
    expect(isObject(input) && input.get('objects')).toHaveLength(1);
    expect(({} as Record<string, unknown>)['containers']).toBeUndefined();
  });
});
