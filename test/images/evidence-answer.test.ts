import { expect, it } from 'vitest';
import { evidenceAnswer, evidenceStatus } from '../../src/images/index.ts';
import { fromJson, toJson } from '../../src/values/index.ts';

it('an answer holds its status and what is given beside it', () => {
  const answer = evidenceAnswer('verified', { count: 2, authorities: ['release'] });
  expect(toJson(answer)).toEqual({ status: 'verified', count: 2, authorities: ['release'] });
  expect(evidenceStatus(answer)).toBe('verified');
});

it('what is no answer is not available', () => {
  for (const json of [null, true, 'verified', [], {}, { status: 'yes' }, { status: true }])
    expect(evidenceStatus(fromJson(json))).toBe('unavailable');
});
