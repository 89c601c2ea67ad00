import { describe, expect, it } from 'vitest';
import { problems, read, refs } from './read.ts';

const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: good\n';

describe('what readers of YAML take differently is refused', () => {
  it.each([
    ['U+2028', '\u2028'],
    ['U+2029', '\u2029'],
    ['U+0085', '\u0085'],
    ['U+FEFF', '\ufeff'],
  ])('%s, which may end a comment', (name, character) => {
    const submission = read(`${pod}  # note${character}  - name: b${character}    image: evil\n`);
    expect(problems(submission)).toEqual(['manifest_error web.yaml:7']);
    expect(submission.problems[0]?.message).toContain(name);
    expect(submission.problems[0]?.hint).toContain(`\\u${name.slice(2).toLowerCase()}`);
    expect(submission.images).toEqual([]);
  });

  it('the same characters as escapes are read', () => {
    const submission = read(`${pod}    command: ["\\u2028\\u2029\\x85\\uFEFF"]`);
    expect([submission.problems, refs(submission)]).toEqual([[], ['good']]);
  });

  it('a document marker that is one to some', () => {
    expect(problems(read(`${pod}---\u00a0\n${pod}`))).toEqual(['manifest_error web.yaml:7']);
  });

  it.each([
    ['a merge after a key', 'name: a\n    image: good\n    <<: *x', 9],
    ['a merge of many', 'name: a\n    <<: [{command: []}, *x]', 8],
    ['a second merge', '<<: {name: a}\n    <<: *x', 8],
  ])('%s', (_, body, line) => {
    const text = `kind: Pod\nmetadata:\n  annotations: &x {name: y, image: evil}\nspec:\n  containers:\n  -\n    ${body}`;
    expect(problems(read(text))).toEqual([`manifest_error web.yaml:${line}`]);
  });

  it('a key behind the merge holds, as for every reader', () => {
    const text = 'x: &x {image: evil, name: n}\ncontainers:\n- <<: *x\n  image: good\n';
    expect(refs(read(text))).toEqual(['good']);
  });

  it('a merge of other keys is read', () => {
    const text = 'x: &x {image: a}\ny: &y {image: b, name: n}\ncontainers: [{<<: [*x, *y], args: []}]';
    expect(refs(read(text))).toEqual(['a']);
  });
});
