import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../client.ts';
import { newOrganisation, type TestOrganisation } from '../organisations.ts';
import { call, denies, evaluate, pathOf, promote, publish } from './calls.ts';
import { WatchedService } from './watched-service.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('faulty');
});

/** Everything that is stored of a policy; the audit log too. */
async function stateOf(name: string): Promise<string> {
  const queries = [
    'SELECT * FROM policies WHERE org = ?1 AND name = ?2',
    'SELECT * FROM versions WHERE org = ?1 AND policy = ?2 ORDER BY number',
    'SELECT * FROM bases WHERE org = ?1 AND policy = ?2 ORDER BY number, position',
    'SELECT * FROM channels WHERE org = ?1 AND policy = ?2',
    'SELECT * FROM moves WHERE org = ?1 AND policy = ?2 ORDER BY id',
    'SELECT action, details FROM audit WHERE org = ?1 AND target = ?2 ORDER BY id',
    'SELECT c.* FROM contents c WHERE org = ?1 AND ?2 <> ?1 ORDER BY digest',
    "SELECT kind, count FROM usage WHERE org = ?1 AND kind = 'versions' AND ?2 <> ?1",
  ];
  const results = await env.DB.batch(queries.map(text => env.DB.prepare(text).bind('faulty', name)));
  return JSON.stringify(results.map(({ results: rows }) => rows));
}

/** Sends the request once with each statement of each of its batches failing, and at last with none. */
async function withEveryFault(
  name: string,
  send: (service: WatchedService) => Promise<Answer>,
): Promise<{ readonly faults: number; readonly answer: Answer }> {
  const before = await stateOf(name);
  for (let faults = 0; ; faults++) {
    const service = new WatchedService();
    let countdown = faults;
    let hit = false;
    service.database.onBatch = statements =>
      statements.map(statement => {
        if (countdown-- !== 0) return statement;
        hit = true;
        return env.DB.prepare("SELECT json('{')");
      });
    const answer = await send(service);
    if (!hit) return { faults, answer };
    expect(answer.status).toBe(500);
    expect(await stateOf(name)).toBe(before);
  }
}

const base = { ...denies('a', 'base') };
const layered = (tag: string) => ({
  ...denies(tag, 'web'),
  'policy.yaml': 'extends: [faulty/base@1]\n',
});

describe('a failure at any statement of', () => {
  it('a first publish leaves nothing behind', async () => {
    await publish('faulty/base', org.admin, base);
    const { faults, answer } = await withEveryFault('first', service =>
      service.call('PUT', pathOf('faulty/first'), org.admin, { files: layered('x') }),
    );
    expect(faults).toBeGreaterThan(8);
    expect(answer.status).toBe(201);
    const { json } = await evaluate('faulty/first@1', org.admin, { images: ['nginx:x'] });
    expect(json).toMatchObject({ decision: 'deny' });
  });

  it('a further publish leaves what was there', async () => {
    await publish('faulty/further', org.admin, layered('x'));
    const { answer } = await withEveryFault('further', service =>
      service.call('PUT', pathOf('faulty/further'), org.admin, { files: layered('y') }),
    );
    expect(answer.json).toMatchObject({ version: 2 });
  });

  it('a move leaves the channel where it was', async () => {
    for (const tag of ['x', 'y']) await publish('faulty/moved', org.admin, layered(tag));
    await promote('faulty/moved', 'stable', 1, org.admin);
    const path = `${pathOf('faulty/moved')}/channels/stable`;
    const { answer } = await withEveryFault('moved', service =>
      service.call('PUT', path, org.admin, { version: 2 }),
    );
    expect(answer.json).toMatchObject({ channel: { version: 2 }, move: { from: 1, to: 2 } });
  });
});

describe('an answer that is lost after everything was written', () => {
  it('is given again to whoever publishes the same again', async () => {
    const service = new WatchedService();
    service.database.afterBatch = statements => {
      if (statements > 5) throw new Error('the connection was lost');
    };
    const files = layered('lost');
    const lost = await service.call('PUT', pathOf('faulty/lost'), org.admin, { files });
    expect(lost.status).toBe(500);
    const again = await call('PUT', pathOf('faulty/lost'), org.admin, { files });
    expect(again).toMatchObject({ status: 200, json: { version: 1 } });
  });
});
