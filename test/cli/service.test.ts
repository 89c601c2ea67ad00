import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packed } from '../bundles/opa/archives.ts';
import { type Service, startService } from '../service.ts';
import { folder, type RunOptions, run } from './run.ts';

const plain = 'package acme.plain\n\ndeny contains "never" if input.context.never\n';

const files = {
  'prod/prod.policy': '# METADATA\n# title: Production\npackage acme.prod\n\ndeny tag "latest"\n',
  'prod/prod_test.rego':
    'package acme.prod_test\n\nimport data.acme.prod\n\ntest_nothing if count(prod.deny_tag) == 0 with input as {"images": []}\n',
  'prod/README.md': 'not sent\n',
  'next/prod.policy': 'package acme.prod\n\ndeny tag "latest", "edge"\n',
  'broken/prod.policy': 'package acme.prod\n\ndeny tog "latest"\n',
  'failing/prod.policy': 'package acme.prod\n\ndeny tag "latest"\n',
  'failing/prod_test.rego': 'package acme.prod_test\n\ntest_wrong if 1 == 2\n',
  'images.txt': 'nginx\nnginx:edge\n',
  'good.txt': 'nginx:1.27\n',
};

let service: Service;
let home: ReturnType<typeof folder>;
let token: string;

beforeAll(async () => {
  service = await startService();
  token = await service.newOrganisation('acme');
  home = folder(files);
}, 120_000);
afterAll(async () => {
  home?.remove();
  await service?.stop();
}, 60_000);

/** As somebody who has logged in; `env` may say otherwise. */
function pratique(args: readonly string[], { env = {}, ...options }: RunOptions = {}) {
  const known = { XDG_CONFIG_HOME: join(home.path, 'config'), HOME: home.path };
  return run(args, { cwd: home.path, ...options, env: { ...known, ...env } });
}

const words = (text: string, options: RunOptions = {}) => pratique(text.split(' '), options);

describe('pratique login', () => {
  it('keeps the token where nobody else can read it, once the service takes it', async () => {
    const wrong = await pratique(['login', '--server', service.url], { input: 'pqt_0_0\n' });
    expect(wrong.err).toContain('error[unauthorized]');
    expect(wrong.code).toBe(2);
    const { code, out, err } = await pratique(['login', '--server', service.url], { input: `${token}\n` });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain(`logged in to ${service.url}`);
    const kept = join(home.path, 'config/pratique/credentials.json');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(statSync(join(kept, '..')).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({
      current: service.url,
      tokens: { [service.url]: token },
    });
  });

  it.each([
    ['http://pratique.example', 'is asked over http'],
    ['ftp://pratique.example', 'is no address of a server'],
    ['https://user@pratique.example', 'is no address of a server'],
    ['https://pratique.example/path', 'is no address of a server'],
    ['pratique.example', 'is no address of a server'],
  ])('refuses %s', async (address, message) => {
    const { code, err } = await pratique(['login', '--server', address], { input: `${token}\n` });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('does not take a token from the arguments, nor none', async () => {
    expect((await pratique(['login', '--token', token])).err).toContain('unknown option --token');
    const { err } = await pratique(['login', '--server', service.url], { input: '\n' });
    expect(err).toContain('there is no token');
  });
});

describe('pratique publish', () => {
  it('publishes a directory with its tests, and moves a channel', async () => {
    const { code, out, err } = await words('publish prod acme/production --note first --channel stable');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^acme\/production@1 {2}sha256:[0-9a-f]{64} {2}revision 1\n.*@stable to version 1\n$/u,
    );
    const again = await words('publish prod acme/production');
    expect(again.out).toMatch(/^acme\/production@1 /u);
  });

  it('publishes a bundle', async () => {
    const manifest = '{"revision": "r1", "roots": ["acme"], "rego_version": 1}';
    const bundle = await packed({ 'acme/prod.rego': plain, '.manifest': manifest });
    writeFileSync(join(home.path, 'next.tar.gz'), bundle);
    const { code, out } = await words('publish next.tar.gz acme/bundled --channel stable');
    expect(code).toBe(0);
    expect(out).toContain('acme/bundled@1');
    const decided = await pratique(['eval', '--server', service.url, '-p', 'acme/bundled', 'good.txt']);
    expect({ code: decided.code, err: decided.err }).toEqual({ code: 0, err: '' });
  });

  it('shows errors of the service with lines, as those found here', async () => {
    const { code, out, err } = await words('publish broken acme/production');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^prod\.policy:3:6: error\[.+\n3 \| deny tog "latest"\n {2}\| +\^/mu);
    expect(err).toContain('error[policy_error]: the policy has errors');
    const failing = await words('publish failing acme/production');
    expect(failing.code).toBe(1);
    expect(failing.err).toContain('test_wrong');
    expect(failing.err).toContain('error[tests_failed]');
  });

  it('loses no update of another', async () => {
    const stale = await words('publish next acme/production --if-match 99');
    expect(stale.err).toContain('error[precondition_failed]');
    expect(stale.code).toBe(1);
    expect((await words('publish next acme/production --if-match 0')).code).toBe(1);
    const revision = /revision (\d+)/u.exec((await words('publish prod acme/production')).out)?.[1];
    const { code, out } = await words(`publish next acme/production --if-match ${revision}`);
    expect(code).toBe(0);
    expect(out).toContain('acme/production@2');
  });
});

describe('pratique eval --server', () => {
  it('decides as the service does, with the outputs and exit codes of deciding here', async () => {
    const there = await pratique(['eval', '--server', service.url, '-p', 'acme/production', 'images.txt']);
    const here = await words('eval -p prod/prod.policy images.txt');
    expect([there.code, here.code]).toEqual([1, 1]);
    const shown = (text: string) =>
      text.split('\n').filter(line => /nginx|denied|tag/u.test(line) && !/digest|sha256/u.test(line));
    expect(shown(there.out.replace('acme/production@1/', 'prod/'))).toEqual(shown(here.out));
    expect(
      (await pratique(['eval', '--server', service.url, '-p', 'acme/production', 'good.txt'])).code,
    ).toBe(0);
    const junit = await pratique([
      'eval',
      '--server',
      service.url,
      '-p',
      'acme/production',
      '-f',
      'junit',
      'images.txt',
    ]);
    expect(junit.out).toContain('<testsuites');
  });

  it('by a selector, and by a lock', async () => {
    const by = (...args: readonly string[]) =>
      pratique(['eval', '--server', service.url, ...args, 'images.txt', '-f', 'json']);
    const newest = JSON.parse((await by('-p', 'acme/production@2')).out) as { summary: { denied: number } };
    expect(newest.summary.denied).toBe(2);
    await words('pull --lock-only acme/production@1 -o locked');
    const locked = JSON.parse(
      (await by('-p', 'acme/production', '--lock', 'locked/pratique.lock')).out,
    ) as typeof newest;
    expect(locked.summary.denied).toBe(1);
    await words('promote acme/production 2 stable');
    const pinned = JSON.parse(
      (await by('-p', 'acme/production', '--lock', 'locked/pratique.lock')).out,
    ) as typeof newest;
    expect(pinned.summary.denied).toBe(1);
    await words('promote acme/production 1 stable');
  });

  it.each([
    [['-p', 'acme/none', 'good.txt'], 'error[unknown_policy]'],
    [['-p', 'acme/production@canary', 'good.txt'], 'error[unknown_channel]'],
    [['-p', './prod', 'good.txt'], 'is a file here'],
    [['-p', 'acme/production', '--allow-host', 'a.b', 'good.txt'], '--allow-host is for deciding here'],
    [['-p', 'acme/production'], 'no input is given'],
  ])('refuses %j', async (args, message) => {
    const { code, out, err } = await pratique(['eval', '--server', service.url, ...args]);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('needs --server for what only a service takes', async () => {
    expect((await words('eval -p prod/prod.policy --lock x good.txt')).err).toContain(
      '--lock needs --server',
    );
  });
});

describe('pratique promote, diff and pull', () => {
  it('shows what differs, in files, rules and verdicts', async () => {
    const { code, out } = await words('diff acme/production 1 2 images.txt');
    expect(code).toBe(1);
    expect(out).toContain('acme/production: 1 → 2');
    expect(out).toMatch(/changed +acme\.prod\.deny_tag/u);
    expect(out).toContain('+deny tag "latest", "edge"');
    expect(out).toMatch(/nginx:edge +allow +→ +deny/u);
    expect((await words('diff acme/production 2 2')).code).toBe(0);
  });

  it('moves a channel there and back', async () => {
    const forth = await words('promote acme/production 2 canary');
    expect(forth).toMatchObject({ code: 0, out: 'acme/production@canary to version 2\n' });
    const back = await words('promote acme/production 1 canary');
    expect(back.out).toBe('acme/production@canary from version 2 to version 1\n');
    expect((await words('promote acme/production 9 canary')).code).toBe(2);
  });

  it('writes the files and a lock', async () => {
    const { code, out } = await words('pull acme/production');
    expect(code).toBe(0);
    expect(out).toMatch(/^acme\/production@1 /u);
    expect(readFileSync(join(home.path, 'production/prod.policy'), 'utf8')).toBe(files['prod/prod.policy']);
    const lock = JSON.parse(readFileSync(join(home.path, 'production/pratique.lock'), 'utf8'));
    expect(lock).toMatchObject({ lock: 1, policies: { 'acme/production': { version: 1 } } });
    expect((await words('pull acme/production')).err).toContain('production is not empty');
  });
});

describe('pratique exempt', () => {
  it('creates, lists and revokes', async () => {
    const soon = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const { code, out, err } = await pratique([
      ...[
        'exempt',
        'create',
        'acme/production',
        '--rule',
        'acme.prod.deny_tag',
        '--image',
        'nginx',
        '-f',
        'json',
      ],
      ...['--owner', 'team-shop', '--reason', 'moves next week', '--ticket', 'OPS-1', '--expires', soon],
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [{ id }] = JSON.parse(out) as [{ id: string }];
    const evaluate = () => pratique(['eval', '--server', service.url, '-p', 'acme/production', 'images.txt']);
    expect((await evaluate()).code).toBe(0);
    const listed = await words('exempt list acme --state active');
    expect(listed.out).toMatch(
      new RegExp(`^${id} +active +acme/production +acme\\.prod\\.deny_tag +nginx +team-shop`, 'mu'),
    );
    expect((await words('exempt list acme/other')).out).toBe('');
    expect(await words(`exempt revoke acme ${id}`)).toMatchObject({ code: 0, out: `${id}  revoked\n` });
    expect((await evaluate()).code).toBe(1);
  });

  it('says what is missing, and what the service refuses', async () => {
    expect((await words('exempt create acme/production --owner x')).err).toContain('--reason is needed');
    expect((await words('exempt lift acme')).err).toContain('what is to be done?');
    const unknown = await words('exempt revoke acme 0000000000000000');
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('error[not_found]') });
    const wrong = await words(
      'exempt create acme/production --rule acme.prod.none --image nginx --owner x --reason y --expires 2099-01-01',
    );
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/error\[invalid_request\]/u);
  });
});

describe('pratique decisions', () => {
  it('searches, shows one, and exports', async () => {
    await expect
      .poll(async () => (await words('decisions acme --decision deny')).out, {
        timeout: 30_000,
        interval: 1_000,
      })
      .toContain('acme/production@1');
    const { out, err } = await words('decisions acme --image nginx:edge --limit 1 -f json');
    expect(err).toBe('');
    const [{ id }] = JSON.parse(out) as [{ id: string }];
    expect(JSON.parse((await words(`decisions acme ${id}`)).out)).toMatchObject({
      id,
      verdict: { decision_id: id },
    });
    const events = (await words('decisions acme -f opa --limit 2')).out.trim().split('\n');
    expect(events).toHaveLength(2);
    expect(JSON.parse(events[0]!)).toHaveProperty('decision_id');
  });
});

describe('a token', () => {
  it('does not follow a redirect, and goes to no other server than its own', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization ?? 'none');
      response.writeHead(307, { location: `${service.url}${request.url}` }).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, err } = await pratique(['eval', '--server', url, '-p', 'acme/production', 'good.txt']);
    expect(err).toContain('leads elsewhere');
    expect(err).not.toContain(token);
    expect(code).toBe(2);
    expect(seen).toEqual(['none']);
    server.close();
  });

  it('may come from the environment, and is not written then', async () => {
    const env = {
      PRATIQUE_TOKEN: token,
      PRATIQUE_SERVER: service.url,
      XDG_CONFIG_HOME: join(home.path, 'nowhere'),
    };
    expect((await words('exempt list acme', { env })).code).toBe(0);
    expect(
      (await words('exempt list acme', { env: { XDG_CONFIG_HOME: env.XDG_CONFIG_HOME } })).err,
    ).toContain('no server is given');
  });

  it('is forgotten', async () => {
    expect((await words('logout')).code).toBe(0);
    expect((await words('logout')).err).toContain('there is no token to forget');
    writeFileSync(join(home.path, 'config/pratique/credentials.json'), 'x');
    expect((await words('exempt list acme')).err).toContain('cannot be read');
  });

  it.each([['http://127.0.0.1:9', 'cannot reach http://127.0.0.1:9']])('%s', async (url, message) => {
    const { code, err } = await pratique(['eval', '--server', url, '-p', 'a/b', 'good.txt'], {
      env: { XDG_CONFIG_HOME: join(home.path, 'nowhere') },
    });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
