// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are what is read here
import { describe, expect, it } from 'vitest';
import { readSubmission } from '../../src/manifests/index.ts';
import { toJson } from '../../src/values/index.ts';
import { problems, read, refs } from './read.ts';

function readDockerfile(text: string) {
  return read(text, 'Dockerfile');
}

const file = `# syntax=docker/dockerfile:1
ARG VERSION=1.25
ARG BASE=golang:\${VERSION}

# a comment
FROM --platform=$BUILDPLATFORM \${BASE} AS build
RUN --mount=type=bind,from=acme/tools:1,source=/x \\
    # a comment in between
    --mount=type=cache,target=/y go build
FROM Build AS test
RUN <<EOF
FROM not-an-image
EOF
FROM scratch
COPY --from=build /a /a
COPY --from=0 /b /b
COPY --chown=1:1 --from=acme/certs@sha256:${'0'.repeat(64)} /c /c
USER 1000
`;

describe('a Dockerfile', () => {
  it('names its bases and what it copies from', () => {
    expect(readDockerfile(file).images).toMatchObject([
      { ref: 'docker/dockerfile:1', container_type: 'field', line: 1, path: '/0/syntax' },
      { ref: 'golang:1.25', container_type: 'stage', container: 'build', line: 6, path: '/0/stages/0/from' },
      { ref: 'acme/tools:1', container_type: 'copy', line: 7, path: '/0/stages/0/instructions/0/images/0' },
      { ref: `acme/certs@sha256:${'0'.repeat(64)}`, container_type: 'copy', line: 17 },
    ]);
  });

  it('is an object for policies', () => {
    const [object] = readDockerfile(file).objects;
    expect(toJson(object!)).toMatchObject({
      kind: 'Dockerfile',
      args: { VERSION: '1.25', BASE: 'golang:1.25' },
      stages: [
        { name: 'build', from: 'golang:1.25', base: 'image', platform: '$BUILDPLATFORM' },
        { name: 'test', base: 'stage' },
        {
          from: 'scratch',
          base: 'scratch',
          instructions: [{}, {}, {}, { instruction: 'USER', value: '1000', line: 18 }],
        },
      ],
    });
  });

  it.each([
    ['ENV A=1 B="two words"', { words: ['A=1', 'B=two words'] }],
    [
      'ENV A=1 B="two words"',
      {
        variables: [
          { name: 'A', value: '1' },
          { name: 'B', value: 'two words' },
        ],
      },
    ],
    ['ENV A the rest', { variables: [{ name: 'A', value: 'the rest' }] }],
    ["ENV A='$X \\ y'", { variables: [{ name: 'A', value: '$X \\ y' }] }],
    ['ARG TOKEN', { variables: [{ name: 'TOKEN' }] }],
    ['LABEL a=b', { variables: [{ name: 'a', value: 'b' }] }],
    ['ENV A=', { variables: [{ name: 'A', value: '' }] }],
    ['COPY a\\ b "c" /d/', { words: ['a b', 'c', '/d/'] }],
    ['COPY --chown=1 ["a b", "/c"]', { words: ['a b', '/c'], value: '["a b", "/c"]' }],
    ['CMD ["a", 1]', { words: ['[a,', '1]'] }],
    ['CMD [', { words: ['['] }],
    ['ONBUILD env A=1', { instruction: 'ONBUILD', trigger: 'ENV', variables: [{ name: 'A', value: '1' }] }],
    ['ONBUILD', { trigger: '', words: [] }],
    ['COPY <<A <<-B /x\none\nA\n\ttwo\n\tB', { documents: ['one', '\ttwo'] }],
  ])('has the parts of %s', (line, expected) => {
    const [object] = readDockerfile(`FROM x\n${line}\n`).objects;
    expect(toJson(object!)).toMatchObject({ stages: [{ instructions: [expected] }] });
  });

  it('says of a base that it is no reference', () => {
    const [object] = readDockerfile('FROM $X AS a\nFROM a\nFROM nginx').objects;
    const { stages } = toJson(object!) as unknown as { stages: readonly { invalid?: string }[] };
    expect(stages.map(({ invalid }) => invalid !== undefined)).toEqual([true, false, false]);
  });

  it('has what stands before the first stage, and its file', () => {
    const [object] = readDockerfile('ARG TOKEN=x\nFROM a\n').objects;
    expect(toJson(object!)).toMatchObject({
      file: 'Dockerfile',
      instructions: [{ instruction: 'ARG', variables: [{ name: 'TOKEN', value: 'x' }], line: 1 }],
    });
  });

  it.each([
    ['an argument without a default', 'ARG A\nFROM x:$A', ['x:$A']],
    ['a default in place', 'ARG A\nFROM x:${A:-1}', ['x:1']],
    ['another value where set', 'ARG A=1\nFROM x${A:+-slim}', ['x-slim']],
    ['quoted arguments', 'ARG A="1" B=\'2\'\nFROM x:$A$B', ['x:12']],
    ['a pattern it does not know', 'ARG A=v1\nFROM x:${A#v}', ['x:${A#v}']],
    [
      'arguments of a stage in copies',
      'ARG A=1\nFROM scratch\nARG A\nARG B=2\nCOPY --from=x:$A$B a b',
      ['x:12'],
    ],
    ['a later stage', 'FROM scratch\nCOPY --from=late a b\nFROM scratch AS late', ['late']],
    ['an index of no earlier stage', 'FROM scratch\nCOPY --from=0 a b', ['0']],
    ['ONBUILD', 'FROM scratch\nONBUILD COPY --from=x a b', ['x']],
    ['the escape directive', '# escape=`\nFROM `\n x\nRUN a \\\nUSER 1', ['x']],
    ['lower case', 'from x as y\nfrom scratch\ncopy --from=y a b\ncopy --from=z a b', ['x', 'z']],
    ['Windows line ends', 'FROM x\r\nRUN a \\\r\n  b\r\nFROM y\r\n', ['x', 'y']],
    ['quoted here-documents', "FROM x\nRUN <<'A' <<-B\nFROM no\nA\n\tFROM no\n\tB\nFROM y", ['x', 'y']],
    ['what only looks like a here-document', 'FROM x\nRUN echo "a <<EOF b"\nFROM y', ['x', 'y']],
    ['a comment that is no directive', 'FROM x\n# syntax=y', ['x']],
  ])('%s', (_, text, expected) => {
    const submission = readDockerfile(text);
    expect(submission.problems).toEqual([]);
    expect(refs(submission)).toEqual(expected);
  });

  it.each([
    ['no stage', 'ARG A=1', 1],
    ['an unknown instruction', 'FROM x\nRUM y', 2],
    ['an instruction before the first stage', 'RUN x\nFROM y', 1],
    ['a stage without an image', 'ARG A\nFROM', 2],
    ['too many words', 'FROM x y', 1],
    ['a here-document that does not end', 'FROM x\nRUN <<EOF\nFROM y', 3],
  ])('with %s is refused', (_, text, line) => {
    const submission = readDockerfile(text);
    expect(problems(submission)).toEqual([`manifest_error Dockerfile:${line}`]);
    expect(submission.images).toEqual([]);
  });

  it.each([
    ['a doubled escape ends no line', 'FROM good\nRUN echo \\\\\nFROM evil', ['good', 'evil']],
    ['one in a continued line neither', 'FROM good\nRUN a \\\n  \\\\\nFROM evil', ['good', 'evil']],
    [
      'a backslash escapes beside a here-document',
      '# escape=`\nFROM good\nRUN a \\ <<E\nFROM evil',
      ['good', 'evil'],
    ],
    ['a blank before the name of a here-document', 'FROM good\nRUN cat << E\nFROM no\nE', ['good']],
    ['a list is no here-document', 'FROM good\nRUN ["a", "<<E"]\nFROM evil', ['good', 'evil']],
    ['a flag in quotation marks', "FROM good\nCOPY --exclude='a b' --from=evil a b", ['good', 'evil']],
    ['the name of a flag in quotation marks', "FROM good\nCOPY --fr'om'=evil a b", ['good', 'evil']],
    ['a mount in quotation marks', 'FROM good\nRUN --mount="type=bind","from"=evil true', ['good', 'evil']],
    ['flags end at two dashes', 'FROM good\nCOPY --link -- --from=no a b', ['good']],
    [
      'an escape directive after the start of a script',
      '#!x\n# escape=`\nFROM good\nRUN a `\nFROM evil',
      ['good', 'evil'],
    ],
    ['odd white space is no comment', 'FROM good\n\u0085# x\nFROM evil', ['good', 'evil']],
    ['many returns at the end of a line', 'FROM good\nRUN a \\\r\r\n b\r\nFROM evil', ['good', 'evil']],
    ['a variable of the platform', 'FROM good${TARGETARCH:+evil}', ['good${TARGETARCH:+evil}']],
    ['a default for one', 'ARG TARGETARCH=arm64\nFROM good:$TARGETARCH', ['good:arm64']],
    ['single quotation marks keep variables', "ARG A=good\nARG B='$A'\nFROM $B", ['$B']],
    [
      'arguments of a stage that are not plain',
      'FROM good\nARG A=a\\ B=evil B=b\nCOPY --from=$B a b',
      ['good', '$B'],
    ],
  ])('is read as builders read it: %s', (_, text, expected) => {
    const submission = readDockerfile(text);
    expect([submission.problems, refs(submission)]).toEqual([[], expected]);
  });

  it.each([
    ['an open quotation mark', "FROM good\nRUN cat <<EOF # it's\nFROM evil\nRUN true \\\nEOF", 2],
    ['an operator in a variable', 'FROM good\nRUN a ${x:+ <<EOF }\nFROM evil\nEOF', 2],
    ['white space that is no blank', 'FROM good\nRUN <<\fEOF\nFROM evil\nEOF', 2],
    ['a backslash at its end', '# escape=`\nFROM good\nRUN a <<E \\\nE', 3],
    ['a name that is not plain', 'FROM good\nRUN a <<\\E\nFROM evil\nE', 2],
  ])('with a here-document in doubt is refused: %s', (_, text, line) => {
    const submission = readDockerfile(text);
    expect(problems(submission)).toEqual([`manifest_error Dockerfile:${line}`]);
    expect(submission.problems[0]?.hint).toContain('<<EOF');
  });

  it.each([
    ['an escaped blank between arguments', 'ARG X=evil\nARG Y=foo\\ X=good\nFROM $X', 2],
    ['an escaped quotation mark', 'ARG X=evil\nARG Y="a\\" X=good b"\nFROM $X', 2],
    ['quotation marks about a part', "ARG X=evil\nARG Y='a'X=good\nFROM $X", 2],
    ['an argument named in quotation marks', 'ARG "X"=evil\nFROM ${X:-good}', 1],
    ['an image in quotation marks', "FROM e'vil'", 1],
    ['an escape in an image', 'FROM good\nFROM ev\\il', 2],
    ['an escape between flags', 'FROM good\nCOPY --exclude=a\\ b --from=evil a b', 2],
    ['an escape in a flag', 'FROM good\nCOPY --fr\\om=evil a b', 2],
    ['an escape in a mount', 'FROM good\nRUN --mount=type=bind,fr\\om=evil true', 2],
    ['quotation marks in quotation marks', `FROM good\nRUN --mount='type=bind,"from"=evil' true`, 2],
    ['a flag beyond ASCII', 'FROM good\nRUN --mount=type=bind,target=/a\u2028b,from=evil true', 2],
    ['a directive twice', '# syntax=evil\n# syntax=good\nFROM good', 2],
  ])('with words in doubt is refused: %s', (_, text, line) => {
    const submission = readDockerfile(text);
    expect(problems(submission)).toEqual([`manifest_error Dockerfile:${line}`]);
    expect(submission.images).toEqual([]);
  });

  it('with nothing but an escape is refused, not thrown', () => {
    expect(problems(readDockerfile('FROM a\n\\\n'))).toEqual(['manifest_error Dockerfile:2']);
  });

  it('is read from its own part', () => {
    expect(refs(readSubmission({ dockerfile: 'FROM x' }))).toEqual(['x']);
  });
});
