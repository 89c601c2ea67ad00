import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/index.ts';
import { BuiltinError, builtins } from '../../src/builtins/index.ts';
import { fromJson, type Json, toJson } from '../../src/values/index.ts';

function authoritiesOf(...lists: Json[]): Json {
  const context = { budget: new Budget(), now: 0n, random: () => 0, memo: new Map() };
  return toJson(builtins.get('attestation.authorities')!(context, fromJson(lists))!);
}

const by = (signer: string, ...authorities: string[]): Json => ({
  predicate: {},
  verification: { authorities: authorities.map(key => ({ key })), signers: [signer] },
});

describe('attestation.authorities', () => {
  it('are those of one list, each by a signer of its own', () => {
    expect(authoritiesOf([by('x', 'a'), by('y', 'b')])).toEqual([{ key: 'a' }, { key: 'b' }]);
    expect(authoritiesOf([by('x', 'a'), by('x', 'b')])).toHaveLength(1);
    expect(authoritiesOf([by('x', 'a', 'b')])).toHaveLength(1);
  });

  it('must have a statement in each list', () => {
    expect(authoritiesOf([by('x', 'a'), by('y', 'b')], [by('y', 'b')])).toEqual([{ key: 'b' }]);
    expect(authoritiesOf([by('x', 'a')], [])).toEqual([]);
    expect(authoritiesOf()).toEqual([]);
  });

  it('are none of statements that say nothing of it', () => {
    expect(
      authoritiesOf([{}, null, 'x', { verification: [] }, { verification: { authorities: 'a' } }]),
    ).toEqual([]);
  });

  it('are an error of what is no list of lists', () => {
    expect(() => authoritiesOf({})).toThrow(BuiltinError);
    const context = { budget: new Budget(), now: 0n, random: () => 0, memo: new Map() };
    expect(() => builtins.get('attestation.authorities')!(context, 'x')).toThrow(BuiltinError);
  });
});
