import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { quotaExceeded, refuseUsedUp } from '../../../src/api/access/quota.ts';
import { refuseOverRate } from '../../../src/api/access/rates.ts';
import { ProblemError } from '../../../src/api/problem.ts';
import {
  chargeQuota,
  countUse,
  exceedsQuota,
  openDatabase,
  quotas,
  usedToday,
} from '../../../src/store/index.ts';

const database = openDatabase(env.DB);
const principal = { identity: 'token:x', org: 'acme', grants: [] };
const open = () => Promise.resolve(true);
const closed = () => Promise.resolve(false);

async function problemOf(work: Promise<unknown>): Promise<ProblemError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof ProblemError) return error;
  throw new Error('it was let through');
}

describe('a rate', () => {
  it('lets through what is within it', async () => {
    const rates = { caller: open, organisation: open, period: 60 };
    await expect(refuseOverRate(rates, principal)).resolves.toBeUndefined();
  });

  it.each([
    [closed, open, 'this credential asks too often'],
    [open, closed, 'the organisation asks too often'],
  ])('says when to come again', async (caller, organisation, detail) => {
    const { problem, headers } = await problemOf(
      refuseOverRate({ caller, organisation, period: 60 }, principal),
    );
    expect(problem).toMatchObject({ status: 429, code: 'rate_limited', detail });
    expect(headers).toEqual({ 'retry-after': '60' });
  });

  it('is counted by credential and by organisation', async () => {
    const keys: string[] = [];
    const note = (key: string) => Promise.resolve(keys.push(key) > 0);
    await refuseOverRate({ caller: note, organisation: note, period: 60 }, principal);
    expect(keys).toEqual(['acme|token:x', 'acme']);
  });

  it('is counted by the platform', async () => {
    let allowed = 0;
    while (allowed < 5_000 && (await env.CALLER_RATE.limit({ key: 'rates.test' })).success) allowed++;
    expect(allowed).toBe(1_200);
    expect((await env.CALLER_RATE.limit({ key: 'another' })).success).toBe(true);
  });
});

describe('a quota', () => {
  const now = Date.UTC(2026, 11, 1, 23, 59, 0);
  const use = (org: string, amount: number) => ({ org, kind: 'versions', amount }) as const;
  const charge = (org: string, amount: number, at = now) => chargeQuota(database, use(org, amount), at);

  it('is charged until it is used up, by many at once too, and begins anew the next day', async () => {
    const parts = Array.from({ length: 20 }, () => quotas.versions / 10);
    const results = await Promise.allSettled(parts.map(part => charge('quota-a', part)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const refused = results.find(result => result.status === 'rejected');
    expect(exceedsQuota(refused?.reason)).toBe(true);
    expect(await usedToday(database, 'quota-a', now)).toEqual([{ kind: 'versions', count: quotas.versions }]);
    await charge('quota-a', 1, now + 60_000);
    await charge('quota-b', 1);
  });

  it('undoes what it is charged for', async () => {
    const other = chargeQuota(database, { org: 'quota-c', kind: 'decisions', amount: 1 }, now);
    await expect(database.batch([other, charge('quota-c', quotas.versions + 1)])).rejects.toThrow();
    expect(await usedToday(database, 'quota-c', now)).toEqual([]);
  });

  it('that is only counted may be exceeded', async () => {
    for (let i = 0; i < 2; i++) await countUse(database, { ...use('quota-d', quotas.versions) }, now);
    const used = await usedToday(database, 'quota-d', now);
    expect(used).toEqual([{ kind: 'versions', count: 2 * quotas.versions }]);
    expect(() => refuseUsedUp('versions', used, now)).toThrow(ProblemError);
    expect(() => refuseUsedUp('decisions', used, now)).not.toThrow();
  });

  it('says when it begins anew', () => {
    const { problem, headers } = quotaExceeded(now);
    expect(problem).toMatchObject({ status: 429, code: 'quota_exceeded' });
    expect(headers).toEqual({ 'retry-after': '60' });
  });
});
