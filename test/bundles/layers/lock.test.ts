import { describe, expect, it } from 'vitest';
import { lockedVersions, lockOf, lockProblems, writeLock } from '../../../src/bundles/index.ts';

const layers = [
  { name: 'acme/web', version: 2, digest: 'sha256:w' },
  { name: 'acme/base', version: 1, digest: 'sha256:b' },
  { name: 'policies/tags/x', digest: 'sha256:x' },
];
const web = { ...layers[0]!, layers };

describe('a lock', () => {
  it('names all layers, sorted, and is the same text for the same layers', () => {
    const text = writeLock(lockOf([web]));
    expect(JSON.parse(text)).toEqual({
      lock: 1,
      policies: {
        'acme/base': { version: 1, digest: 'sha256:b' },
        'acme/web': { version: 2, digest: 'sha256:w' },
        'policies/tags/x': { digest: 'sha256:x' },
      },
    });
    expect(writeLock(lockOf([{ ...web, layers: layers.toReversed() }]))).toBe(text);
  });

  it('pins the versions of organisations', () => {
    expect(lockedVersions(lockOf([web]))).toEqual([
      { org: 'acme', policy: 'base', number: 1 },
      { org: 'acme', policy: 'web', number: 2 },
    ]);
  });

  it('finds what is another, and what it does not name', () => {
    const lock = lockOf([web]);
    expect(lockProblems(lock, web)).toEqual([]);
    const moved = { ...web, layers: [layers[0]!, { ...layers[1]!, version: 3, digest: 'sha256:c' }] };
    expect(lockProblems(lock, moved)).toEqual([
      'acme/base is version 3, sha256:c, and locked to version 1, sha256:b',
    ]);
    const more = { ...web, layers: [...layers, { name: 'constructor', digest: 'sha256:d' }] };
    expect(lockProblems(lock, more)).toEqual(['constructor is sha256:d, and not in the lock']);
  });

  it('is not made where two policies need different versions of one layer', () => {
    const other = { name: 'acme/base', version: 2, digest: 'sha256:c' };
    expect(() => lockOf([web, other])).toThrow('acme/base is needed at two versions: 1, 2');
  });
});
