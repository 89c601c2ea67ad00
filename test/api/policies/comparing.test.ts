import { beforeAll, describe, expect, it } from 'vitest';
import { diffAnswer } from '../../../src/api/schemas/policies.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { problemOf } from '../client.ts';
import { newOrganisation, type TestOrganisation } from '../organisations.ts';
import { call, denies, evaluate, type Files, pathOf, publish, release } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('comparing');
});

const rules = `package acme

import data.limits

deny tag "latest"

names contains name if some name in limits.names

deny contains msg if {
	some image in input.images
	image.tag in names
	msg := "a name"
}
`;

async function diff(name: string, before: Files, after: Files, body?: object) {
  const reference = `comparing/${name}`;
  await publish(reference, org.admin, before);
  await publish(reference, org.admin, after);
  const path = `${pathOf(reference)}/diff?from=1&to=2`;
  const answer = await call(body === undefined ? 'GET' : 'POST', path, org.admin, body);
  expect(diffAnswer.safeParse(answer.json).error).toBeUndefined();
  return answer.json;
}

describe('what differs between two versions', () => {
  const data = { 'data.json': '{"limits": {"names": ["a"]}}' };

  it('is nothing in what rules mean, where only layout, comments and names of variables do', async () => {
    const other = rules
      .replaceAll('image', 'each')
      .replaceAll('each.tag', 'each["tag"]')
      .replace('input.eachs', 'input.images');
    const json = await diff(
      'layout',
      { 'a.policy': rules, ...data },
      { 'a.policy': `# Ours\n${other}`, ...data },
    );
    expect(json).toMatchObject({
      from: 1,
      to: 2,
      rules: [],
      files: [{ path: 'a.policy', change: 'changed' }],
    });
    const { files } = json as { readonly files: readonly { readonly diff: string }[] };
    expect(files[0]?.diff).toContain('+# Ours\n');
  });

  it('lists rules that are added, removed and changed, and those that read what has', async () => {
    const other = `${rules.replace('"latest"', '"latest", "dev"')}\nwarn tag "x"\n`;
    const more = { 'data.json': '{"limits": {"names": ["b"]}}' };
    expect(await diff('rules', { 'a.policy': rules, ...data }, { 'a.policy': other, ...more })).toMatchObject(
      {
        rules: [
          { rule: 'acme.deny', change: 'changed', decides: true, layer: 'comparing/rules' },
          { rule: 'acme.deny_tag', change: 'changed' },
          { rule: 'acme.names', change: 'changed', decides: false },
          { rule: 'acme.warn_tag', change: 'added' },
        ],
        files: [{ path: 'a.policy' }, { path: 'data.json', change: 'changed' }],
      },
    );
  });

  it('shows what both decide', async () => {
    const json = await diff('verdicts', denies('latest'), denies('dev'), {
      images: ['nginx', 'nginx:dev', 'nginx:1'],
    });
    expect(json).toMatchObject({
      verdicts: {
        from: { decision: 'deny' },
        to: { decision: 'deny' },
        changed: [
          { ref: 'nginx', from: 'deny', to: 'allow' },
          { ref: 'nginx:dev', from: 'allow', to: 'deny' },
        ],
      },
    });
  });

  it('says which versions there are, and which parameters', async () => {
    const path = `${pathOf('comparing/layout')}/diff`;
    const problem = async (query: string) => problemOf(await call('GET', `${path}?${query}`, org.admin));
    expect(await problem('from=1&to=9')).toMatchObject({ code: 'unknown_channel', available: ['2'] });
    expect(await problem('from=1')).toMatchObject({ code: 'invalid_query' });
    expect(await problem('from=1&to=2&x=1')).toMatchObject({ code: 'invalid_query' });
  });
});

describe('a lock', () => {
  it('keeps deciding by what it pins, and refuses what is anything else', async () => {
    const base = { 'base.policy': 'package base\n\ndeny tag "latest"\n' };
    await release('comparing/base', org.admin, base);
    const files = { ...denies('dev', 'top'), 'policy.yaml': 'extends: [comparing/base]\n' };
    await release('comparing/top', org.admin, files);
    const { json: lock } = await call('GET', `${pathOf('comparing/top')}/versions/stable/lock`, org.admin);
    expect(lock).toMatchObject({
      lock: 1,
      policies: { 'comparing/base': { version: 1 }, 'comparing/top': { version: 1 } },
    });
    await release('comparing/base', org.admin, { 'base.policy': 'package base\n\ndeny tag "1"\n' });
    const images = ['nginx:1'];
    const free = await evaluate('comparing/top', org.admin, { images });
    const pinned = await evaluate('comparing/top', org.admin, { images, lock });
    expect((free.json as Verdict).decision).toBe('deny');
    expect(pinned.json).toMatchObject({ decision: 'allow', policy: [{ layers: [{}, { version: 1 }] }] });
    const wrong = structuredClone(lock) as { policies: Record<string, { digest: string }> };
    wrong.policies['comparing/base']!.digest = `sha256:${'0'.repeat(64)}`;
    const mismatch = await evaluate('comparing/top', org.admin, { images, lock: wrong });
    expect(problemOf(mismatch)).toMatchObject({ status: 409, code: 'lock_mismatch' });
    delete wrong.policies['comparing/base'];
    const missing = problemOf(await evaluate('comparing/top', org.admin, { images, lock: wrong }));
    expect(missing.detail).toContain('comparing/base is version 2');
    const explicit = await evaluate('comparing/base@2', org.admin, { images, lock });
    expect(problemOf(explicit).code).toBe('lock_mismatch');
  });
});
