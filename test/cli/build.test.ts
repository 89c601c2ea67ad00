import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundle } from '../../src/bundles/opa/index.ts';
import { hasOpa, opa, withOpa } from '../bundles/opa/opa.ts';
import { folder, run } from './run.ts';

const files = {
  'prod.policy':
    'package acme.prod\n\ndeny tag "latest"\n\nexempt "redis" from deny_tag until "2099-01-01" because "OPS-1"\n',
  'signed.policy': 'package acme.signed\n\nrequire scan below "high"\n\ndeny tag "latest"\n',
  'broken.policy': 'package acme.broken\n\ndeny tog "latest"\n',
  'data.json': '{"acme": {"limits": 1}}',
  'full/note.txt': 'x',
  'pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}\n',
};

let home: ReturnType<typeof folder>;
beforeAll(() => {
  home = folder(files);
});
afterAll(() => home.remove());

const pratique = (...args: readonly string[]) => run(args, { cwd: home.path });
const written = (path: string) => readFileSync(join(home.path, path));

describe('pratique build', () => {
  it('writes Rego with what it needs', async () => {
    const { code, err } = await pratique(
      'build',
      '-t',
      'rego',
      '-o',
      'out',
      '-d',
      'data.json',
      'prod.policy',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readdirSync(join(home.path, 'out')).sort()).toEqual(['data.json', 'pratique', 'prod.policy.rego']);
    const text = written('out/prod.policy.rego').toString();
    expect(text).toContain('data.pratique.opa.image.tag_excluded(_image, _deny_tag_patterns) == false');
    expect(text).not.toContain('$');
  });

  it.skipIf(!hasOpa)(`writes what ${withOpa} decides by, of manifests too`, async () => {
    await pratique('build', '-o', 'rego', 'prod.policy');
    const modules = Object.fromEntries(
      [
        'prod.policy.rego',
        ...readdirSync(join(home.path, 'rego/pratique')).map(name => `pratique/${name}`),
      ].map(path => [`rego/${path}`, written(`rego/${path}`)]),
    );
    const printed = await pratique('eval', '-p', 'prod.policy', '--print-input', 'pod.yaml');
    const decide = (input: string, query: string) =>
      opa({ ...modules, 'input.json': input }, [
        ...['eval', '-d', 'rego', '-i', 'input.json', '--format', 'raw', query],
      ]).trim();
    expect(decide(printed.out, 'data.pratique.verdict.decision')).toBe('deny');
    expect(decide('{"images": ["nginx:1.27", "redis"]}', 'data.pratique.verdict.allow')).toBe('true');
    expect(decide('{"images": ["nginx"]}', 'data.pratique.verdict.deny')).toContain('acme.prod.deny_tag');
  });

  it('writes a bundle, signed where a key is given', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    writeFileSync(join(home.path, 'key.pem'), await exportPKCS8(privateKey));
    const { code, err } = await pratique(
      ...['build', '--target', 'bundle', '-o', 'b.tar.gz', '--revision', 'r7', 'prod.policy'],
      ...['--signing-key', 'key.pem', '--signing-alg', 'RS256', '--signing-key-id', 'k'],
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const keys = [{ id: 'k', algorithm: 'RS256', key: await exportSPKI(publicKey) }] as const;
    const { bundle } = await readBundle(new Uint8Array(written('b.tar.gz')), { keys, exported: true });
    expect(bundle?.revision).toBe('r7');
  });

  it('writes a template and a constraint for Gatekeeper', async () => {
    const { code, err } = await pratique(
      'build',
      '-t',
      'gatekeeper',
      '-o',
      'gk',
      '-d',
      'data.json',
      'prod.policy',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readdirSync(join(home.path, 'gk')).sort()).toEqual(['constraint.yaml', 'template.yaml']);
    expect(written('gk/constraint.yaml').toString()).toContain('kind: PratiqueProd\n');
    expect(written('gk/template.yaml').toString()).toMatch(/^ +rego: \|\n +package pratiqueprod\n/mu);
    const again = await pratique('build', '-t', 'gatekeeper', '-o', 'gk', 'prod.policy');
    expect({ code: again.code, err: again.err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('gk is not empty'),
    });
  });

  it('asks a Provider of Gatekeeper where evidence is needed', async () => {
    const without = await pratique('build', '-t', 'gatekeeper', '-o', 'gk-none', 'signed.policy');
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('--provider NAME') });
    const { code } = await pratique(
      ...['build', '-t', 'gatekeeper', '-o', 'gk-asking', '--provider', 'pratique-acme', 'signed.policy'],
    );
    expect(code).toBe(0);
    expect(written('gk-asking/constraint.yaml').toString()).toContain('provider: pratique-acme\n');
    const misplaced = await pratique('build', '-o', 'x', '--provider', 'p', 'prod.policy');
    expect(misplaced).toMatchObject({ code: 2, err: expect.stringContaining('--target gatekeeper') });
  });

  it('says which statement cannot leave, where it stands, and what to do', async () => {
    const { code, err } = await pratique('build', '-o', 'none', 'signed.policy');
    expect(code).toBe(1);
    expect(err).toContain(
      'signed.policy:3:1: error[bundle_error]: the statement require_scan cannot be exported',
    );
    expect(err).toContain('needs scan.');
    expect(err).toContain('hint: let this service decide');
    expect(err).not.toContain('deny_tag');
    expect(readdirSync(home.path)).not.toContain('none');
  });

  it.each([
    [['build', '-o', 'x', 'broken.policy'], 1, 'broken.policy:3:6'],
    [['build', '-o', 'full', 'prod.policy'], 2, 'full is not empty'],
    [['build', 'prod.policy'], 2, '--output PATH is needed'],
    [['build', '-o', 'x'], 2, 'one policy is needed'],
    [['build', '-t', 'wasm', '-o', 'x', 'prod.policy'], 2, 'unknown target "wasm"'],
    [['build', '-o', 'x', '--signing-key', 'data.json', 'prod.policy'], 2, '--signing-key is for a bundle'],
    [
      ['build', '-t', 'bundle', '-o', 'x', '--signing-key', 'data.json', 'prod.policy'],
      2,
      'data.json is no private key',
    ],
  ])('refuses %j', async (args, code, message) => {
    const answer = await pratique(...args);
    expect(answer.err).toContain(message);
    expect(answer.code).toBe(code);
  });
});
