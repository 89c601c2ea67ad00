import { exportSPKI, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { gzip } from '../../../src/bundles/opa/gzip.ts';
import { readBundle } from '../../../src/bundles/opa/index.ts';
import { signFiles } from '../../../src/bundles/opa/signature.ts';
import { readTar, writeTar } from '../../../src/bundles/opa/tar.ts';
import { archiveFiles, headerField, packed } from './archives.ts';

const rego = 'package acme\n\ndeny contains "x" if input.x\n';
const good = {
  'acme/rules.rego': rego,
  'acme/rules_test.rego': 'package acme_test\n',
  'data.json': '{"acme": {"tags": ["latest"]}}',
  'README.md': 'words',
  '.manifest': '{"revision": "r7", "roots": ["acme", "/acme_test/"], "rego_version": 1}',
};

async function said(bytes: Uint8Array<ArrayBuffer>, options = {}): Promise<string> {
  const { bundle, diagnostics } = await readBundle(bytes, options);
  expect(bundle).toBeUndefined();
  return diagnostics.map(({ message }) => message).join('\n');
}

describe('readBundle', () => {
  it('gives rules, tests and data, and what the manifest says', async () => {
    const { bundle, diagnostics } = await readBundle(await packed(good));
    expect(diagnostics).toEqual([]);
    expect(bundle).toEqual({
      files: [
        { path: 'acme/rules.rego', text: rego },
        { path: 'acme/rules_test.rego', text: 'package acme_test\n' },
        { path: 'data.json', text: good['data.json'] },
      ],
      regoVersion: 'v1',
      revision: 'r7',
    });
  });

  it('reads a folder without a manifest, paths with ./ and / before them', async () => {
    const bytes = await packed({ './a.policy': 'package a\n', '/b/data.yaml': 'c: 1\n' });
    const { bundle } = await readBundle(bytes);
    expect(bundle?.files.map(({ path }) => path)).toEqual(['a.policy', 'b/data.yaml']);
  });

  it('refuses a test that decides, which would count in OPA and not here', async () => {
    const rules = 'package a\n\ndeny contains "x" if input.x\n';
    expect(await said(await packed({ 'a.rego': 'package b\n', 'a_test.rego': rules }))).toContain(
      'a_test.rego has the rule deny, and tests do not decide here',
    );
  });

  it('takes the edition of Rego from the manifest, for single files too', async () => {
    const version = async (manifest: object) =>
      (await readBundle(await packed({ 'a/x.rego': 'package a', '.manifest': JSON.stringify(manifest) })))
        .bundle?.regoVersion;
    expect(await version({ rego_version: 0 })).toBe('v0');
    expect(await version({ rego_version: 1, file_rego_versions: { '/a/*.rego': 0 } })).toBe('v0');
    expect(await version({ rego_version: 0, file_rego_versions: { '/*.rego': 1 } })).toBe('v0');
    expect(await version({})).toBe('v1');
    const { bundle } = await readBundle(
      await packed({ 'x.rego': 'package a', '.manifest': '{"rego_version": 0}' }),
    );
    expect(bundle?.files.at(-1)).toEqual({ path: 'policy.yaml', text: 'rego: v0\n' });
  });

  it.each([
    [
      { 'a.rego': 'package a', 'b.rego': 'package b', '.manifest': '{"file_rego_versions": {"a.rego": 0}}' },
      'v0 and v1',
    ],
    [{ 'a.rego': 'package b.c', '.manifest': '{"roots": ["b/d"]}' }, 'data.b.c is in none of b/d'],
    [
      { 'a.rego': 'package a', 'x/data.json': '{"y": 1}', '.manifest': '{"roots": ["a"]}' },
      'data.x.y is in none of a',
    ],
    [{ 'policy.wasm': '', 'data.json': '{}' }, 'its rules are in policy.wasm'],
    [{ 'patch.json': '{"data": []}' }, 'it is a delta'],
    [{ 'README.md': 'words' }, 'it holds no rules and no data'],
    [{ 'a.rego': 'package a', '.manifest': '[]' }, '.manifest: expected an object'],
    [{ 'a.rego': 'package a', '.manifest': '{' }, '.manifest: not JSON'],
    [{ 'a.rego': 'package a', '.manifest': '{"rego_version": 2}' }, '0 or 1'],
    [{ 'a.rego': 'package a', '.manifest': '{"wasm": [{"entrypoint": "a"}]}' }, 'WebAssembly'],
    [{ '../a.rego': 'package a' }, 'leads out of the archive'],
    [{ 'a/../../b.rego': 'package a' }, 'leads out of the archive'],
    [{ 'a\\b.rego': 'package a' }, 'leads out of the archive'],
  ])('refuses %j', async (files, message) => {
    expect(await said(await packed(files as Readonly<Record<string, string>>))).toContain(message);
  });

  it('refuses links, devices and what is no archive', async () => {
    const type = (letter: string) => packed(good, archive => headerField(archive, 156, letter));
    for (const letter of ['1', '2', '3', '4', '6'])
      expect(await said(await type(letter))).toContain('is a link');
    const text = new TextEncoder().encode('hello');
    expect(await said(text)).toContain('not compressed by gzip');
    expect(await said(await gzip(text))).toContain('ends inside a header');
    expect(await said(await gzip(new Uint8Array(1024).fill(65)))).toContain('no tar archive');
    const whole = await packed(good);
    expect(await said(whole.slice(0, whole.length - 20))).toContain('broken off');
  });

  it('refuses a path that is there twice, and a size that the archive has not', async () => {
    const [one] = archiveFiles({ 'a.rego': rego });
    const twice = writeTar([one!]).slice(0, 1024);
    const archive = new Uint8Array([...twice, ...writeTar([one!])]);
    expect(await said(await gzip(archive))).toContain('a.rego is there twice');
    expect(
      await said(await packed({ 'a.rego': rego }, bytes => headerField(bytes, 124, '77777777777'))),
    ).toContain('ends inside a file');
  });

  it('ends at its limit what grows without end when it is read', async () => {
    const bomb = await gzip(new Uint8Array(40 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await said(bomb)).toMatch(/holds more than \d+ bytes/u);
  });
});

describe('a signature', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = [{ id: 'k1', algorithm: 'ES256', key: await exportSPKI(publicKey) }] as const;
  const signed = async (files: Readonly<Record<string, string>>, scope?: string) => {
    const parts = archiveFiles(files);
    return [...parts, await signFiles(parts, { id: 'k1', algorithm: 'ES256', privateKey }, scope)];
  };
  const pack = (files: Parameters<typeof writeTar>[0]) => gzip(writeTar(files));

  it('is verified where keys are given', async () => {
    const files = await signed(good);
    expect((await readBundle(await pack(files), { keys })).bundle?.revision).toBe('r7');
    expect((await readBundle(await pack(files))).bundle?.revision).toBe('r7');
  });

  it('is of what JSON means, not of its spaces', async () => {
    const files = (await signed(good)).map(file =>
      file.path === 'data.json'
        ? { ...file, bytes: new TextEncoder().encode('{ "acme" : {"tags":[ "latest" ]} }') }
        : file,
    );
    expect((await readBundle(await pack(files), { keys })).diagnostics).toEqual([]);
  });

  it('does not cover what was changed, added or taken away', async () => {
    const files = await signed(good);
    const changed = files.map(file =>
      file.path === 'acme/rules.rego' ? { ...file, bytes: new TextEncoder().encode('package acme\n') } : file,
    );
    expect(await said(await pack(changed), { keys })).toContain('acme/rules.rego is not what was signed');
    const added = [...files, ...archiveFiles({ 'acme/more.rego': 'package acme' })];
    expect(await said(await pack(added), { keys })).toContain('acme/more.rego was not signed');
    const fewer = files.filter(({ path }) => path !== 'data.json');
    expect(await said(await pack(fewer), { keys })).toContain('data.json was signed and is not there');
  });

  it('is refused by another key, under another name, for another scope, and where there is none', async () => {
    const files = await signed(good, 'write');
    const other = await exportSPKI((await generateKeyPair('ES256', { extractable: true })).publicKey);
    expect(await said(await pack(files), { keys, scope: 'read' })).toContain('another scope');
    expect((await readBundle(await pack(files), { keys, scope: 'write' })).diagnostics).toEqual([]);
    expect(await said(await pack(files), { keys: [{ ...keys[0], id: 'k2' }] })).toContain('no key "k1"');
    expect(await said(await pack(files), { keys: [{ ...keys[0], key: other }] })).toContain(
      'verification failed',
    );
    expect(await said(await packed(good), { keys })).toContain('it is not signed');
  });
});

describe('tar', () => {
  it('gives back what it was made of, long paths and empty files too', () => {
    const long = `${'directory/'.repeat(14)}rules.rego`;
    const files = archiveFiles({ 'b.rego': '', 'a.rego': 'x'.repeat(513), [long]: 'y' });
    const read = readTar(writeTar(files));
    expect(read.map(({ path, bytes }) => [path, bytes.length])).toEqual([
      ['a.rego', 513],
      ['b.rego', 0],
      [long, 1],
    ]);
    expect(writeTar(files)).toEqual(writeTar([...files].reverse()));
    expect(() => writeTar(archiveFiles({ ['x'.repeat(101)]: '' }))).toThrow('too long');
  });
});
