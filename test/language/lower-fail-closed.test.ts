import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/values/index.ts';
import { denials } from './statements.ts';

const key = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----';
const report = { scanner: 'trivy', created_at: '2026-11-20T00:00:00Z', vulnerabilities: [] };

/** Everything is as good as it can be, but for `data.x`. */
const evidence: Record<string, Json> = {
  signature: { status: 'verified', count: 9 },
  attestation: { status: 'verified', count: 9, statements: [{ predicate: {} }] },
  scan: { status: 'found', document: report },
  sbom: { status: 'found', document: {} },
  base: { status: 'found', images: ['debian:12'] },
};

/** Each statement with a value of `data.x` that lets the image pass. */
const statements: readonly (readonly [policy: string, good: Json])[] = [
  ['allow registry data.x', ['docker.io/library/*']],
  ['allow registry "ghcr.io", data.x', 'docker.io/library/*'],
  ['allow registry "docker.io"\nallow registry data.x', ['ghcr.io']],
  ['allow registry data.x\nallow registry "docker.io"', ['ghcr.io']],
  ['deny registry data.x', ['ghcr.io']],
  ['deny registry "ghcr.io", data.x', []],
  ['warn registry data.x', ['ghcr.io']],
  ['allow tag data.x', [{ semver: '>=1' }]],
  ['deny tag data.x', ['latest']],
  ['deny tag "latest", data.x', '*-dev'],
  ['warn tag data.x', ['latest']],
  ['allow base data.x', ['docker.io/library/debian']],
  ['allow base "debian"\nallow base data.x', ['ghcr.io']],
  ['deny base data.x', ['docker.io/library/centos']],
  ['require signature by data.x', { key }],
  ['require 2 signatures by data.x', [{ key }]],
  ['prefer signature by data.x', { key }],
  ['require attestation data.x by data.k', 'https://slsa.dev/provenance/v1'],
  ['require attestation "t" by data.x', { key }],
  ['require scan below data.x', 'critical'],
  ['require scan within data.x', '7d'],
  ['require scan by data.x', ['trivy']],
  ['require pull_secret data.x', ['regcred']],
  ['require image where { image.registry == data.x }', 'docker.io'],
  ['require image where image.registry in data.x', ['docker.io']],
  ['require image where { some r in data.x; image.registry == r }', ['docker.io']],
  ['require sbom where { data.x == "yes" }', 'yes'],
  ['require digest unless data.x == "yes"', 'yes'],
  ['deny registry "docker.io" unless image.repository in data.x', ['library/nginx']],
];

/** Values that are right for none of them. */
const wrong: readonly (readonly [name: string, data: Json])[] = [
  ['undefined', {}],
  ...[
    null,
    true,
    false,
    0,
    -1,
    1e300,
    '',
    ' ',
    'http://x',
    {},
    { a: 'b' },
    [null],
    [[]],
    [1],
    ['http://x'],
    { key: '' },
  ].map(x => [JSON.stringify(x), { x }] as const),
];

describe.each(statements)('%s', (policy, good) => {
  const judged = (data: Json) =>
    denials(policy, ['nginx:1.29.3'], {
      data: { k: { key }, ...(data as Record<string, Json>) },
      evidence,
      place: { pull_secrets: ['regcred'] },
    });

  it('lets the image pass where its value is right', () => {
    expect(judged({ x: good })).toEqual([]);
  });

  const texts = policy.startsWith('require attestation data.x');
  it.each(wrong.filter(([, data]) => !texts || !isText(data)))('does not where it is %s', (_, data) => {
    expect(judged(data)).toHaveLength(1);
  });
});

/** A predicate type may be any text. */
function isText(data: Json): boolean {
  return typeof (data as Record<string, Json>)['x'] === 'string';
}
