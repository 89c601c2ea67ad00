import { exportSPKI, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { readPolicy, type TextFile } from '../../../src/bundles/index.ts';
import { gunzip } from '../../../src/bundles/opa/gzip.ts';
import { buildBundle, exportPolicy, readBundle } from '../../../src/bundles/opa/index.ts';
import { readTar } from '../../../src/bundles/opa/tar.ts';
import { packed } from './archives.ts';
import { hasOpa, opa, opaLibrary, withOpa } from './opa.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const pem = await exportSPKI(publicKey);
const key = { id: 'k1', algorithm: 'ES256', privateKey } as const;

const files: readonly TextFile[] = [
  { path: 'prod.policy', text: 'package acme.prod\n\ndeny tag data.acme.tags because "it moves"\n' },
  {
    path: 'more.rego',
    text: 'package acme.more\n\n# Stays as it is.\ndeny contains "no team" if not input.context.team\n',
  },
  {
    path: 'data.json',
    text: '{"acme": {"tags": ["latest"]}, "limits": {"a": 1.50, "b": 1e2, "<&>": "\\u2028\\ud800"}}',
  },
];

function source(texts: readonly TextFile[], version?: 'v0') {
  const { policy, problems } = readPolicy('prod', texts, version && { version });
  expect(problems).toEqual([]);
  return policy!;
}

async function bundled(texts = files, signing: typeof key | null = key, version?: 'v0') {
  const policy = source(texts, version);
  const { policy: exported, diagnostics } = exportPolicy(policy, opaLibrary);
  expect(diagnostics).toEqual([]);
  const options = { revision: 'r1', metadata: { policy: 'acme/prod' }, ...(signing && { key: signing }) };
  return buildBundle(exported!, policy.data, options);
}

async function contents(bytes: Uint8Array<ArrayBuffer>): Promise<Readonly<Record<string, string>>> {
  const tar = readTar(await gunzip(bytes, 10_000_000));
  return Object.fromEntries(tar.map(file => [file.path, new TextDecoder().decode(file.bytes)]));
}

describe('a bundle', () => {
  it('holds rules, data and a manifest with roots that cover them and no more', async () => {
    const all = await contents(await bundled());
    expect(Object.keys(all)).toEqual(
      expect.arrayContaining(['prod.policy.rego', 'more.rego', 'data.json', '.manifest']),
    );
    expect(all['more.rego']).toBe(files[1]!.text);
    expect(JSON.parse(all['.manifest']!)).toEqual({
      metadata: { entrypoint: 'pratique/verdict', policy: 'acme/prod' },
      rego_version: 1,
      revision: 'r1',
      roots: [
        ...['acme/more', 'acme/prod', 'acme/tags', 'limits/<&>', 'limits/a', 'limits/b'],
        ...['pratique/opa', 'pratique/policy', 'pratique/verdict'],
      ],
    });
  });

  it('is the same bytes each time, but for its signature', async () => {
    expect(await bundled(files, null)).toEqual(await bundled(files, null));
  });

  it('can be read again, and its signature verified', async () => {
    const { bundle, diagnostics } = await readBundle(await bundled(), {
      keys: [{ id: 'k1', algorithm: 'ES256', key: pem }],
      exported: true,
    });
    expect(diagnostics).toEqual([]);
    expect(bundle?.revision).toBe('r1');
    expect(bundle?.files.map(({ path }) => path)).toContain('prod.policy.rego');
    const refused = await readBundle(await bundled());
    expect(refused.diagnostics[0]?.message).toContain('it was exported from Pratique');
  });

  it('says of which edition of Rego a file is', async () => {
    const old = { path: 'old.rego', text: 'package old\n\ndeny["x"] { input.x }\n' };
    const all = await contents(await bundled([files[0]!, files[2]!, old], key, 'v0'));
    expect(JSON.parse(all['.manifest']!)).toMatchObject({
      rego_version: 1,
      file_rego_versions: { '/old.rego': 0 },
    });
  });
});

describe(`a bundle in ${withOpa}`, () => {
  const input = '{"images": ["nginx", "ghcr.io/acme/api:1.2"], "context": {"team": "a"}}';
  const verify = (bundle: Uint8Array, verificationKey: string) =>
    opa({ 'in.tar.gz': bundle, 'key.pem': verificationKey }, [
      ...['build', '--bundle', 'in.tar.gz', '--verification-key', 'key.pem', '--verification-key-id', 'k1'],
      ...['--signing-alg', 'ES256', '--output', 'out.tar.gz'],
    ]);

  it.skipIf(!hasOpa)('answers as the policy does', async () => {
    const text = opa({ 'b.tar.gz': await bundled(), 'input.json': input }, [
      ...[
        'eval',
        '--bundle',
        'b.tar.gz',
        '--input',
        'input.json',
        '--format',
        'raw',
        'data.pratique.verdict.deny',
      ],
    ]);
    expect(JSON.parse(text)).toEqual(['acme.prod.deny_tag: nginx: tag "latest" is denied by "latest"']);
  });

  it.skipIf(!hasOpa)('with rules of the older Rego is read as such', async () => {
    const old = { path: 'old.rego', text: 'package old\n\ndeny["x"] { input.context.team }\n' };
    const text = opa(
      {
        'b.tar.gz': await bundled(
          [...files, old].filter(({ path }) => path !== 'more.rego'),
          key,
          'v0',
        ),
        'input.json': input,
      },
      [
        ...[
          'eval',
          '--bundle',
          'b.tar.gz',
          '--input',
          'input.json',
          '--format',
          'raw',
          'count(data.pratique.verdict.deny)',
        ],
      ],
    );
    expect(text.trim()).toBe('2');
  });

  it.skipIf(!hasOpa)('has a signature that is verified, and fails where something was changed', async () => {
    const whole = await bundled();
    expect(verify(whole, pem)).toBe('');
    const other = await exportSPKI((await generateKeyPair('ES256', { extractable: true })).publicKey);
    expect(() => verify(whole, other)).toThrow(/failed to verify JWT signature/u);
    const spoilt = await bundled(
      files.map(file => ({ ...file, text: file.text.replace('it moves', 'it moved') })),
    );
    const [good, bad] = [await contents(whole), await contents(spoilt)];
    const mixed = await packed({ ...bad, '.signatures.json': good['.signatures.json']! });
    expect(() => verify(mixed, pem)).toThrow(/digest mismatch/u);
  });
});
