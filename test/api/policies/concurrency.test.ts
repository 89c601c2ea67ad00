import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { call, denies, evaluate, pathOf, promote, publish } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('crowded');
});

const twenty = Array.from({ length: 20 }, (_, index) => index + 1);

function count(text: string, ...values: string[]): Promise<number | null> {
  return env.DB.prepare(text)
    .bind(...values)
    .first('n');
}

describe('twenty at the same time', () => {
  it('publish different versions: each has a number of its own, and its files', async () => {
    const answers = await Promise.all(
      twenty.map(n => publish('crowded/many', org.admin, denies(`tag-${n}`))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const numbers = answers.map(({ json }) => (json as { readonly version: number }).version);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(twenty);
    for (const [index, number] of numbers.entries()) {
      const { json } = await call('GET', `${pathOf('crowded/many')}/versions/${number}`, org.admin);
      expect(json).toMatchObject({ files: denies(`tag-${index + 1}`) });
    }
    const audited =
      "SELECT COUNT(*) AS n FROM audit WHERE org = 'crowded' AND action = 'policy.publish' AND target = ?";
    expect(await count(audited, 'many')).toBe(20);
  });

  it('publish the same files: it is one version', async () => {
    const answers = await Promise.all(twenty.map(() => publish('crowded/same', org.admin, denies('a'))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(
      await count("SELECT COUNT(*) AS n FROM versions WHERE org = 'crowded' AND policy = ?", 'same'),
    ).toBe(1);
    expect(await count("SELECT latest AS n FROM policies WHERE org = 'crowded' AND name = ?", 'same')).toBe(
      1,
    );
  });

  it('publish upon the same revision: one does, the others are told', async () => {
    const first = await publish('crowded/upon', org.admin, denies('a'));
    const etag = first.headers.get('etag')!;
    const answers = await Promise.all(
      twenty.map(n => publish('crowded/upon', org.admin, denies(`b-${n}`), { 'if-match': etag })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 412)]);
    const once = await Promise.all(
      twenty.map(n => publish('crowded/once', org.admin, denies(`c-${n}`), { 'if-none-match': '*' })),
    );
    expect(once.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(once.filter(({ status }) => status === 412)).toHaveLength(19);
  });

  it('promote: every move is in the history, each from where the one before went', async () => {
    for (const n of [1, 2, 3]) await publish('crowded/moved', org.admin, denies(`tag-${n}`));
    const answers = await Promise.all(
      twenty.map(n => promote('crowded/moved', 'stable', (n % 3) + 1, org.admin)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const path = `${pathOf('crowded/moved')}/channels/stable`;
    const { json } = await call('GET', `${path}?limit=100`, org.admin);
    const { channel, moves } = json as {
      readonly channel: { readonly version: number; readonly revision: number };
      readonly moves: readonly { readonly from?: number; readonly to: number }[];
    };
    expect([channel.revision, moves.length]).toEqual([20, 20]);
    expect(chainLength(moves)).toBe(20);
  });

  it('promote upon the same revision: one does', async () => {
    for (const n of [1, 2]) await publish('crowded/once-moved', org.admin, denies(`tag-${n}`));
    await promote('crowded/once-moved', 'stable', 1, org.admin);
    const path = `${pathOf('crowded/once-moved')}/channels/stable`;
    const answers = await Promise.all(
      twenty.map(() => call('PUT', path, org.admin, { version: 2 }, { 'if-match': '"1"' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
  });

  it('approve the same move: it is done once', async () => {
    for (const n of [1, 2]) await publish('crowded/approved', org.admin, denies(`tag-${n}`));
    await call('PATCH', pathOf('crowded/approved'), org.admin, { approvals: ['stable'] });
    const asked = await promote('crowded/approved', 'stable', 2, org.admin);
    const { id } = (asked.json as { readonly move: { readonly id: string } }).move;
    const path = `${pathOf('crowded/approved')}/channels/stable/moves/${id}`;
    const approver = await tokenOf(org, ['approve']);
    const answers = await Promise.all(
      twenty.map(() => call('POST', path, approver, { decision: 'approve' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    const { json } = await call('GET', `${pathOf('crowded/approved')}/channels/stable`, org.admin);
    expect(json).toMatchObject({ channel: { version: 2, revision: 1 } });
  });

  it('revoke tokens while they decide: none counts afterwards', async () => {
    await publish('crowded/web', org.admin, denies('latest', 'web'));
    await promote('crowded/web', 'stable', 1, org.admin);
    const made = await Promise.all(
      twenty.map(async n => {
        const expires_at = new Date(Date.now() + 3_600_000).toISOString();
        const body = { label: `t${n}`, roles: ['evaluate'], expires_at };
        const { json } = await call('POST', '/v1/orgs/crowded/tokens', org.admin, body);
        return json as { readonly id: string; readonly token: string };
      }),
    );
    const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });
    const [decided, revoked] = await Promise.all([
      Promise.all(made.map(({ token }) => evaluate('crowded/web', bearer(token)))),
      Promise.all(made.map(({ id }) => call('DELETE', `/v1/orgs/crowded/tokens/${id}`, org.admin))),
    ]);
    expect(new Set(revoked.map(({ status }) => status))).toEqual(new Set([204]));
    for (const { status } of decided) expect([200, 401]).toContain(status);
    const after = await Promise.all(made.map(({ token }) => evaluate('crowded/web', bearer(token))));
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set([401]));
  });
});

/** How many moves follow on one another, whatever the order of their ids within a millisecond. */
function chainLength(moves: readonly { readonly from?: number; readonly to: number }[]): number {
  const left = [...moves];
  const arrivals = new Map<number, number>();
  for (const { to } of left) arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
  const departures = left.filter(({ from }) => from !== undefined);
  for (const { from } of departures) arrivals.set(from!, arrivals.get(from!)! - 1);
  const ends = [...arrivals.values()].filter(number => number !== 0);
  return ends.length === 1 && ends[0] === 1 ? moves.length : 0;
}
