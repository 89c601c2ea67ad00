import { describe, expect, it } from 'vitest';
import { limits } from '../../src/base/index.ts';
import { read, refs } from './read.ts';

describe('large Dockerfiles', () => {
  it('with as many stages as there may be images are read', () => {
    const stages = Array.from({ length: limits.images }, (_, i) => `FROM x:${i} AS s${i}\n`).join('');
    const submission = read(stages, 'Dockerfile');
    expect(submission.problems).toEqual([]);
    expect(refs(submission)).toHaveLength(limits.images);
  });

  it('whose arguments double one another stay small', () => {
    const text = `ARG A=1\n${'ARG A=$A$A\n'.repeat(60)}FROM x:$A`;
    expect(refs(read(text, 'Dockerfile'))).toEqual(['x:$A']);
  });
});
