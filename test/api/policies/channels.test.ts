import { beforeAll, describe, expect, it } from 'vitest';
import { channelAnswer, moveAnswer } from '../../../src/api/schemas/policies.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { problemOf } from '../client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { call, denies, evaluate, pathOf, promote, publish } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('channelling');
});

async function policy(name: string, versions = 2): Promise<string> {
  const reference = `channelling/${name}`;
  for (let version = 1; version <= versions; version++)
    await publish(reference, org.admin, denies(`tag-${version}`));
  return reference;
}

const channelOf = (reference: string, channel = 'stable') => `${pathOf(reference)}/channels/${channel}`;

describe('a channel', () => {
  it('moves and moves back, with its history', async () => {
    const reference = await policy('history');
    for (const version of [1, 2, 1]) await promote(reference, 'stable', version, org.admin);
    const { json, headers } = await call('GET', channelOf(reference), org.admin);
    expect(channelAnswer.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({
      channel: { version: 1, revision: 3 },
      needs_approval: false,
      moves: [
        { from: 2, to: 1, state: 'done' },
        { from: 1, to: 2, state: 'done' },
        { to: 1, state: 'done' },
      ],
    });
    const etag = headers.get('etag')!;
    expect(
      (await call('GET', channelOf(reference), org.admin, undefined, { 'if-none-match': etag })).status,
    ).toBe(304);
  });

  it('moves under a precondition alone, where there is one', async () => {
    const reference = await policy('guarded');
    const move = (version: number, headers: Readonly<Record<string, string>>) =>
      call('PUT', channelOf(reference), org.admin, { version }, headers);
    expect((await move(1, { 'if-match': '"1"' })).status).toBe(412);
    const first = await move(1, { 'if-none-match': '*' });
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect(problemOf(await move(2, { 'if-none-match': '*' })).code).toBe('precondition_failed');
    expect((await move(2, { 'if-match': '"1"' })).headers.get('etag')).toBe('"2"');
    expect((await move(1, { 'if-match': '"1"' })).status).toBe(412);
    const { json } = await call('GET', channelOf(reference), org.admin);
    expect(json).toMatchObject({ channel: { version: 2 }, moves: [{ to: 2 }, { to: 1 }] });
  });

  it('points at versions that there are, by number or digest', async () => {
    const reference = await policy('there');
    const { json } = await call('GET', `${pathOf(reference)}/versions/2`, org.admin);
    const { digest } = json as { readonly digest: string };
    const moved = await call('PUT', channelOf(reference), org.admin, { version: digest });
    expect(moved.json).toMatchObject({ channel: { version: 2 } });
    const missing = await promote(reference, 'stable', 3, org.admin);
    expect(problemOf(missing)).toMatchObject({ status: 404, code: 'unknown_channel' });
    expect(problemOf(await promote(reference, '7', 1, org.admin)).code).toBe('invalid_request');
  });

  it('changes what is decided at once', async () => {
    const reference = await policy('at-once');
    await promote(reference, 'stable', 1, org.admin);
    const images = ['nginx:tag-2'];
    const decision = async () =>
      ((await evaluate(reference, org.admin, { images })).json as Verdict).decision;
    expect(await decision()).toBe('allow');
    await promote(reference, 'stable', 2, org.admin);
    expect(await decision()).toBe('deny');
    await promote(reference, 'stable', 1, org.admin);
    expect(await decision()).toBe('allow');
  });
});

describe('a channel that needs approvals', () => {
  async function guarded(name: string) {
    const reference = await policy(name);
    await promote(reference, 'stable', 1, org.admin);
    const changed = await call('PATCH', pathOf(reference), org.admin, { approvals: ['stable'] });
    expect(changed.json).toMatchObject({ approvals: ['stable'] });
    const asked = await promote(reference, 'stable', 2, await tokenOf(org, ['publish']));
    expect(asked.status).toBe(202);
    expect(moveAnswer.safeParse(asked.json).error).toBeUndefined();
    const { move } = asked.json as { readonly move: { readonly id: string; readonly state: string } };
    expect(move.state).toBe('pending');
    const answer = (headers: Headers, decision: string) =>
      call('POST', `${channelOf(reference)}/moves/${move.id}`, headers, { decision });
    const now = async () => (await call('GET', channelOf(reference), org.admin)).json;
    return { reference, answer, now };
  }

  it('moves when another identity approves', async () => {
    const { answer, now } = await guarded('approved');
    expect(await now()).toMatchObject({ channel: { version: 1 }, moves: [{ state: 'pending' }, {}] });
    const own = await answer(org.admin, 'approve');
    expect(problemOf(own)).toMatchObject({ status: 403, code: 'forbidden' });
    const other = await tokenOf(org, ['approve']);
    expect((await answer(other, 'approve')).json).toMatchObject({ channel: { version: 2 } });
    expect(await now()).toMatchObject({ channel: { version: 2 }, moves: [{ state: 'done' }, {}] });
    expect(problemOf(await answer(other, 'approve')).code).toBe('conflict');
  });

  it('stays where the move is rejected, or it has moved meanwhile', async () => {
    const { answer, now } = await guarded('rejected');
    const other = await tokenOf(org, ['approve']);
    expect((await answer(other, 'reject')).json).toMatchObject({ move: { state: 'rejected' } });
    expect(problemOf(await answer(other, 'approve')).code).toBe('conflict');
    expect(await now()).toMatchObject({ channel: { version: 1 } });
  });

  it('is not moved by a request that has become old', async () => {
    const { reference, answer, now } = await guarded('old');
    await call('PATCH', pathOf(reference), org.admin, { approvals: [] });
    await publish(reference, org.admin, denies('three'));
    await promote(reference, 'stable', 3, org.admin);
    const late = await answer(await tokenOf(org, ['approve']), 'approve');
    expect(problemOf(late)).toMatchObject({ status: 409, code: 'conflict' });
    expect(await now()).toMatchObject({ channel: { version: 3 } });
  });

  it('is not moved by a request since which it has moved and moved back', async () => {
    const { reference, answer, now } = await guarded('there-and-back');
    await call('PATCH', pathOf(reference), org.admin, { approvals: [] });
    for (const version of [2, 1]) await promote(reference, 'stable', version, org.admin);
    const late = await answer(await tokenOf(org, ['approve']), 'approve');
    expect(problemOf(late)).toMatchObject({ status: 409, code: 'conflict' });
    expect(await now()).toMatchObject({ channel: { version: 1, revision: 3 } });
  });
});
