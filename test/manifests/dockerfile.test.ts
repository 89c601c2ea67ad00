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

  it('is read from its own part', () => {
    expect(refs(readSubmission({ dockerfile: 'FROM x' }))).toEqual(['x']);
  });
});
