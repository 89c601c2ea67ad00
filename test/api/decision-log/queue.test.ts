import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { DecisionLog } from '../../../src/api/decision-log/decision-log.ts';
import { toRecord, type VerdictEntry } from '../../../src/api/decision-log/record.ts';
import { Metrics } from '../../../src/api/metrics.ts';
import {
  consumeDecisions,
  type Database,
  type DecisionMessage,
  listDecisions,
  newUlid,
  readDecisions,
  sendDecisions,
  toMessages,
} from '../../../src/store/index.ts';
import worker from '../../../src/worker.ts';
import { countOf, database, entryOf, imageOf, verdictOf } from './entries.ts';

interface Parts {
  readonly enqueueDecisions?: (messages: readonly DecisionMessage[]) => Promise<void>;
  readonly database?: Database;
}

/** A log over the real queue, or over what is given in its place, and how it comes out. */
function newLog(parts: Parts = {}) {
  const work: Promise<unknown>[] = [];
  const lines: string[] = [];
  const metrics = new Metrics();
  const deps = {
    database,
    enqueueDecisions: (messages: readonly DecisionMessage[]) => sendDecisions(env.DECISIONS, messages),
    afterwards: (each: Promise<unknown>) => void work.push(each),
    log: (line: string) => void lines.push(line),
    now: () => Date.now(),
    ...parts,
  };
  const log = new DecisionLog(deps, metrics);
  return { log, lines, metrics, done: () => Promise.all(work) };
}

async function fail(): Promise<never> {
  throw new Error('out of order');
}

const seen = { open: 'all', closed: 'all' } as const;
const arrived = { timeout: 40_000, interval: 100 };

async function stored(entry: VerdictEntry) {
  const [decision] = await readDecisions(database, entry.org, [entry.verdict.decision_id]);
  return decision;
}

function messagesOf(...entries: readonly VerdictEntry[]): readonly DecisionMessage[] {
  return entries.flatMap(entry => toMessages(toRecord(entry)));
}

function batchOf(messages: readonly DecisionMessage[], attempts = 1) {
  return createMessageBatch(
    'pratique-decisions',
    messages.map((body, i) => ({ id: String(i), timestamp: new Date(), attempts, body })),
  );
}

describe('decisions by the queue', () => {
  it('all arrive, 500 at once', async () => {
    const { log, lines, done } = newLog();
    for (let i = 0; i < 500; i++) log.record(entryOf('log-many'));
    await done();
    expect(lines).toEqual([]);
    await vi.waitUntil(async () => (await countOf('log-many')) === 500, arrived);
  });

  it('take few calls where they are recorded together', async () => {
    let calls = 0;
    const queue = {
      ...env.DECISIONS,
      sendBatch: (batch: Parameters<typeof env.DECISIONS.sendBatch>[0]) => {
        calls++;
        return env.DECISIONS.sendBatch(batch);
      },
    };
    const { log, done } = newLog({ enqueueDecisions: messages => sendDecisions(queue, messages) });
    log.record(...Array.from({ length: 250 }, () => entryOf('log-together')));
    await done();
    expect(calls).toBeLessThan(10);
    await vi.waitUntil(async () => (await countOf('log-together')) === 250, arrived);
  });

  it('arrive whole, however large they are', async () => {
    const images = Array.from({ length: 1_500 }, (_, i) => ({ ...imageOf(`image-${i}`), ref: `é𝄞-${i}` }));
    const entry = entryOf('log-large', { verdict: verdictOf({ images }) });
    const messages = messagesOf(entry);
    const size = (message: DecisionMessage) => new TextEncoder().encode(JSON.stringify(message)).length;
    expect(messages.length).toBeGreaterThan(10);
    expect(Math.max(...messages.map(size))).toBeLessThan(128_000);
    const { log, done } = newLog();
    log.record(entry);
    await done();
    await vi.waitUntil(async () => (await stored(entry)) !== undefined, arrived);
    expect(JSON.parse((await stored(entry))!.body).verdict.images).toEqual(images);
    const query = { org: 'log-large', images: ['docker.io/library/image-1499'], limit: 10, seen };
    await vi.waitUntil(async () => (await listDecisions(database, query)).length === 1, arrived);
  });
});

describe('a batch', () => {
  it('that is delivered twice is written once', async () => {
    const entry = entryOf('log-twice');
    for (const attempts of [1, 2]) {
      const batch = batchOf(messagesOf(entry), attempts);
      await consumeDecisions(database, batch);
      const { explicitAcks } = await getQueueResult(batch, createExecutionContext());
      expect(explicitAcks).toEqual(['0']);
    }
    expect(await countOf('log-twice')).toBe(1);
  });

  it('of which some cannot be written loses nothing', async () => {
    const messages = messagesOf(...Array.from({ length: 5 }, () => entryOf('log-midway')));
    let writes = 0;
    // The whole batch fails, and then two of its messages.
    const failing = failingDatabase(() => [0, 2, 4].includes(writes++));
    const batch = batchOf(messages);
    await consumeDecisions(failing, batch);
    const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
    expect(explicitAcks).toEqual(['0', '2', '4']);
    expect(retryMessages.map(({ msgId }) => msgId)).toEqual(['1', '3']);
    expect(await countOf('log-midway')).toBe(3);
    const again = batchOf([messages[1]!, messages[3]!], 2);
    await consumeDecisions(database, again);
    expect(await countOf('log-midway')).toBe(5);
  });

  it('with a message that can never be written holds up no other', async () => {
    const good = messagesOf(entryOf('log-poison'))[0]!;
    const bad = { ...good, id: 'another', decision: 'perhaps' } as unknown as DecisionMessage;
    const batch = batchOf([good, bad]);
    await consumeDecisions(database, batch);
    const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
    expect(explicitAcks).toEqual(['0']);
    expect(retryMessages).toMatchObject([{ msgId: '1' }]);
    expect(await countOf('log-poison')).toBe(1);
  });

  it('that is partly on its way shows nothing yet', async () => {
    const images = Array.from({ length: 300 }, (_, i) => imageOf(`image-${i}`));
    const entry = entryOf('log-partly', { verdict: verdictOf({ images }) });
    const [head, ...rest] = messagesOf(entry);
    await consumeDecisions(database, batchOf([head!]));
    expect(await stored(entry)).toBeUndefined();
    expect(await listDecisions(database, { org: 'log-partly', limit: 10, seen })).toEqual([]);
    await consumeDecisions(database, batchOf(rest));
    expect(await stored(entry)).toBeDefined();
    expect(await listDecisions(database, { org: 'log-partly', limit: 10, seen })).toHaveLength(1);
  });
});

describe('where the queue refuses', () => {
  it('a decision goes straight to the database', async () => {
    const { log, lines, done } = newLog({ enqueueDecisions: fail });
    const entry = entryOf('log-refused');
    log.record(entry);
    await done();
    expect(await stored(entry)).toBeDefined();
    expect(lines).toEqual([]);
  });

  it('and the database too, the log says which decision is on no record, and it is counted', async () => {
    const failing = failingDatabase(() => true);
    const { log, lines, metrics, done } = newLog({ enqueueDecisions: fail, database: failing });
    const entry = entryOf('log-lost');
    expect(() => log.record(entry)).not.toThrow();
    await done();
    const { decision_id } = entry.verdict;
    expect(lines.map(line => JSON.parse(line))).toMatchObject([
      { level: 'error', code: 'decision_unrecorded', decision_id, org: 'log-lost' },
    ]);
    expect(metrics.render()).toContain('pratique_decisions_unrecorded_total 1');
  });

  it('one of several that cannot be recorded takes none along', async () => {
    const { log, lines, done } = newLog({ enqueueDecisions: fail });
    const broken = entryOf('log-several', { submission: undefined as never });
    const [first, last] = [entryOf('log-several'), entryOf('log-several')];
    log.record(first, broken, last);
    await done();
    expect(await countOf('log-several')).toBe(2);
    expect(lines.map(line => JSON.parse(line).decision_id)).toEqual([broken.verdict.decision_id]);
  });

  it('half-way, what it took already is written once', async () => {
    const images = Array.from({ length: 1_500 }, (_, i) => imageOf(`image-${i}`));
    const entry = entryOf('log-half', { verdict: verdictOf({ images }) });
    const enqueueDecisions = async (messages: readonly DecisionMessage[]) => {
      await sendDecisions(env.DECISIONS, messages.slice(0, 5));
      throw new Error('no more');
    };
    const { log, done } = newLog({ enqueueDecisions });
    log.record(entry);
    await done();
    expect(JSON.parse((await stored(entry))!.body).verdict.images).toHaveLength(1_500);
    expect(await countOf('log-half')).toBe(1);
  });
});

describe('decisions of an organisation', () => {
  it('are no other’s, though the ids are the same', async () => {
    const verdict = verdictOf({ images: [imageOf('nginx')] });
    const [own, other] = ['log-own', 'log-other'].map(org => entryOf(org, { verdict, requester: org }));
    await consumeDecisions(database, batchOf(messagesOf(own!, other!)));
    expect(await stored(own!)).toMatchObject({ org: 'log-own', requester: 'log-own' });
    const query = { org: 'log-own', images: ['nginx'], policy: 'acme/production', limit: 10, seen };
    expect(await listDecisions(database, query)).toMatchObject([{ requester: 'log-own' }]);
    expect(await readDecisions(database, 'log-third', [verdict.decision_id])).toEqual([]);
  });

  it('are deleted when their time is up, and no sooner', async () => {
    const images = Array.from({ length: 300 }, (_, i) => imageOf(`image-${i}`));
    const decision_id = newUlid(Date.now() - 91 * 86_400_000);
    const old = entryOf('log-old', { verdict: verdictOf({ images, decision_id }) });
    await consumeDecisions(database, batchOf(messagesOf(old, entryOf('log-old'))));
    expect(await countOf('log-old')).toBe(2);
    await worker.scheduled(undefined, env);
    expect(await countOf('log-old')).toBe(1);
    for (const table of ['decision_parts', 'decision_terms']) {
      const { results } = await env.DB.prepare(`SELECT decision FROM ${table} WHERE org = 'log-old'`).run<{
        decision: string;
      }>();
      expect(results.map(({ decision }) => decision)).not.toContain(old.verdict.decision_id);
    }
  });
});

/** D1 that fails as told, for each batch. */
function failingDatabase(fails: () => boolean): Database {
  return new Proxy(database, {
    get(target, name) {
      if (name !== 'batch') return Reflect.get(target, name, target);
      return (...statements: Parameters<Database['batch']>) =>
        fails() ? fail() : target.batch(...statements);
    },
  });
}
