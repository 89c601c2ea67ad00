import { env } from 'cloudflare:workers';
import type { D1Database } from '@cloudflare/workers-types';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/api/index.ts';
import { evidenceListAnswer } from '../../../src/api/schemas/evidence.ts';
import { limits } from '../../../src/base/index.ts';
import { PolicyLibrary } from '../../../src/bundles/index.ts';
import { PolicyCache, sha256, type Verdict } from '../../../src/decide/index.ts';
import { OrganisationEvidence, openDatabase } from '../../../src/store/index.ts';
import { type Answer, problemOf, send } from '../client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { publish } from '../published.ts';
import { newKey, type TestKey } from './signing.ts';

interface Entry {
  readonly subject: string;
  readonly digest: string;
  readonly type: string;
  readonly bytes: number;
}

let acme: TestOrganisation;
let publisher: Headers;
let key: TestKey;
beforeAll(async () => {
  acme = await newOrganisation('evidence-acme');
  publisher = await tokenOf(acme, ['publish']);
  key = await newKey();
  const release = JSON.stringify({ key: key.pem });
  await publish(
    'evidence-acme/signed',
    `package acme\n\nrelease := ${release}\n\nrequire signature by release\n`,
  );
});

const digestOf = (label: string) => `sha256:${sha256(label)}`;
const address = (digest: string, org = 'evidence-acme') => `/v1/orgs/${org}/evidence/${digest}`;

function put(digest: string, body: unknown, headers = publisher, org?: string): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(address(digest, org), { method: 'PUT', headers, body: text });
}

async function stored(digest: string, body: unknown): Promise<readonly Entry[]> {
  const answer = await put(digest, body);
  if (answer.status !== 200) throw new Error(answer.text);
  expect(evidenceListAnswer.safeParse(answer.json).error).toBeUndefined();
  return (answer.json as { items: readonly Entry[] }).items;
}

async function listed(digest: string): Promise<readonly Entry[]> {
  const { json } = await send(address(digest), { headers: acme.admin });
  expect(evidenceListAnswer.safeParse(json).error).toBeUndefined();
  return (json as { items: readonly Entry[] }).items;
}

const report = (label: string) => ({ descriptor: { name: 'grype' }, matches: [], label });

describe('evidence', () => {
  it('is stored under the digest of its text, and told apart by content', async () => {
    const digest = digestOf('a');
    const text = JSON.stringify(report('a'));
    const sorted = `{"descriptor":{"name":"grype"},"label":"a","matches":[]}`;
    const entries = await stored(digest, text);
    expect(entries).toMatchObject([
      { subject: digest, digest: digestOf(sorted), type: 'report', bytes: sorted.length },
    ]);
    const signature = await key.sign(digest);
    await stored(digest, signature);
    expect((await listed(digest)).map(({ type }) => type).sort()).toEqual(['cosign-signature', 'report']);
    expect(JSON.stringify(await listed(digest))).not.toContain('grype');
  });

  it('that is stored already stays as it is', async () => {
    const digest = digestOf('twice');
    const first = await stored(digest, report('twice'));
    expect(await stored(digest, report('twice'))).toEqual(first);
    expect(await listed(digest)).toHaveLength(1);
  });

  it('may be larger than a row', async () => {
    const digest = digestOf('large');
    const label = 'é'.repeat(1_500_000);
    const [entry] = await stored(digest, report(label));
    expect(entry!.bytes).toBeGreaterThan(3_000_000);
    const store = new OrganisationEvidence(openDatabase(env.DB), 'evidence-acme');
    const [document] = (await store.documentsOf([digest])).get(digest)!;
    expect(JSON.parse(document!.content)).toEqual(report(label));
  });

  it('may come as a list, or a line for each', async () => {
    const items = [report('1'), report('2')];
    const list = items.map(content => ({ type: 'report', content }));
    expect(await stored(digestOf('list'), list)).toHaveLength(2);
    expect(await stored(digestOf('lines'), items.map(each => JSON.stringify(each)).join('\n'))).toHaveLength(
      2,
    );
  });

  it.each([
    ['about another image', [{ type: 'report', subject: digestOf('other'), content: {} }], /subject/u],
    ['of an unknown type', [{ type: 'letter', content: {} }], /no type "letter"/u],
    ['that is no JSON', 'hello', /not JSON/u],
    ['of which there is none', [], /no document/u],
    [
      'of which there is too much',
      Array.from({ length: 51 }, () => ({ type: 'report', content: {} })),
      /50/u,
    ],
  ])('%s is refused', async (_, body, message) => {
    const { code, detail } = problemOf(await put(digestOf('refused'), body));
    expect({ code, detail }).toEqual({ code: 'invalid_request', detail: expect.stringMatching(message) });
    expect(await listed(digestOf('refused'))).toEqual([]);
  });

  it('that signs another image is refused', async () => {
    const signature = await key.sign(digestOf('another'));
    expect(problemOf(await put(digestOf('signed'), signature)).detail).toContain('not about');
  });

  it('about what is no digest is refused', async () => {
    expect(problemOf(await put('latest', report('x'))).code).toBe('invalid_request');
    expect(problemOf(await put(`sha256:${'A'.repeat(64)}`, report('x'))).code).toBe('invalid_request');
  });

  it('is deleted by document, or all of an image', async () => {
    const digest = digestOf('deleted');
    const [one] = await stored(digest, report('one'));
    await stored(digest, report('two'));
    const remove = (query: string) =>
      send(`${address(digest)}${query}`, { method: 'DELETE', headers: publisher });
    expect((await remove(`?document=${one!.digest}`)).status).toBe(204);
    expect(await listed(digest)).toHaveLength(1);
    expect((await remove(`?document=${one!.digest}`)).status).toBe(404);
    expect((await remove('')).status).toBe(204);
    expect(await listed(digest)).toEqual([]);
    expect(problemOf(await remove('?digest=x')).code).toBe('invalid_query');
  });

  it('of another organisation is as if it were not there', async () => {
    const digest = digestOf('foreign');
    await stored(digest, report('foreign'));
    const other = await newOrganisation('evidence-other');
    const { json } = await send(address(digest, 'evidence-other'), { headers: other.admin });
    expect(json).toEqual({ items: [] });
    const store = new OrganisationEvidence(openDatabase(env.DB), 'evidence-other');
    expect((await store.documentsOf([digest])).size).toBe(0);
    expect((await put(digest, report('x'), other.admin)).status).toBe(404);
  });

  it('is bounded for an organisation', async () => {
    const full = await newOrganisation('evidence-full');
    await env.DB.prepare(
      `INSERT INTO evidence (org, subject, digest, part, type, bytes, stored_at, stored_by, text)
      VALUES ('evidence-full', 'sha256:0', 'sha256:0', 0, 'report', ?, 0, 'x', '')`,
    )
      .bind(256 * 1024 * 1024 - 10)
      .run();
    const answer = await put(digestOf('x'), report('x'), full.admin, 'evidence-full');
    expect(problemOf(answer).code).toBe('quota_exceeded');
    const rows = await env.DB.prepare(
      "SELECT COUNT(*) AS n FROM audit WHERE org = 'evidence-full' AND action = 'evidence.store'",
    ).first<{ n: number }>();
    expect(rows!.n).toBe(0);
  });
});

describe('a decision', () => {
  /** An app whose registries answer nothing, over D1 of which each statement is noted. */
  function newApp() {
    const statements: string[] = [];
    const database = openDatabase(noting(env.DB, statements));
    const app = createApp({
      library: new PolicyLibrary([]),
      cache: new PolicyCache(),
      bindings: [],
      database,
      afterwards: work => void work.catch(() => undefined),
      now: () => Date.now(),
      clock: () => 0,
      log: () => undefined,
      record: () => undefined,
      version: 'test',
      outside: {
        fetch: async () => new Response(null, { status: 500 }),
        clock: () => Date.now(),
      },
    });
    return { app, statements };
  }

  async function decide(images: readonly string[]) {
    const { app, statements } = newApp();
    const headers = new Headers(acme.admin);
    headers.set('content-type', 'application/json');
    const body = JSON.stringify({ policy: 'evidence-acme/signed', images });
    const response = await app.request('/v1/evaluate', { method: 'POST', headers, body });
    const verdict = (await response.json()) as Verdict;
    return { verdict, reads: statements.filter(text => /"evidence"/u.test(text)).length };
  }

  it('upon 50 images with stored signatures reads them all at once', async () => {
    const digests = Array.from({ length: 50 }, (_, i) => digestOf(`image-${i}`));
    for (const digest of digests) await stored(digest, await key.sign(digest));
    const { verdict, reads } = await decide(digests.map((digest, i) => `ghcr.io/acme/app-${i}@${digest}`));
    expect(verdict).toMatchObject({ decision: 'allow', summary: { images: 50, allowed: 50 } });
    expect(verdict.images[0]!.evidence).toMatchObject([{ source: 'store', verified: true }]);
    expect(reads).toBe(1);
  });

  it('believes nothing of what is stored', async () => {
    const digest = digestOf('by another key');
    await stored(digest, await (await newKey()).sign(digest));
    const { verdict } = await decide([`ghcr.io/acme/app@${digest}`]);
    expect(verdict.decision).not.toBe('allow');
  });

  it('finds a signature below however many reports', async () => {
    const digest = digestOf('many reports');
    await stored(digest, await key.sign(digest));
    await env.DB.prepare('UPDATE evidence SET stored_at = 0 WHERE subject = ?').bind(digest).run();
    for (const from of [0, 40]) {
      const items = Array.from({ length: 40 }, (_, i) => report(`report-${from + i}`));
      await stored(
        digest,
        items.map(content => ({ type: 'report', content })),
      );
    }
    expect((await decide([`ghcr.io/acme/app@${digest}`])).verdict.decision).toBe('allow');
  });

  it('is indeterminate where more is stored than it may read', async () => {
    const digest = digestOf('too much');
    await stored(digest, await key.sign(digest));
    await stored(digest, report('one byte more'));
    await env.DB.prepare("UPDATE evidence SET bytes = ? WHERE subject = ? AND type <> 'report'")
      .bind(limits.storedBytes, digest)
      .run();
    const { verdict } = await decide([`ghcr.io/acme/app@${digest}`]);
    expect(verdict.decision).toBe('indeterminate');
    await env.DB.prepare('DELETE FROM evidence WHERE subject = ?').bind(digest).run();
  });
});

/** D1 that notes the text of each statement. */
function noting(database: D1Database, statements: string[]): D1Database {
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...parameters: readonly unknown[]) => {
        if (name === 'prepare') statements.push(String(parameters[0]));
        return Reflect.apply(value, target, parameters);
      };
    },
  });
}
