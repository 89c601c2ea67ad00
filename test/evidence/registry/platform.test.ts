import { beforeEach, describe, expect, it } from 'vitest';
import { Images } from '../../../src/evidence/images.ts';
import { RegistryClient, repositoryOf } from '../../../src/evidence/index.ts';
import { type Descriptor, FakeRegistries, indexOf } from './fake.ts';

const acme = repositoryOf('ghcr.io', 'acme/api');
const base = 'https://ghcr.io/v2/acme/api';
const signal = new AbortController().signal;

const linux = (architecture: string, variant?: string) => ({ os: 'linux', architecture, variant });

let fake: FakeRegistries;
let good: Descriptor;
let evil: Descriptor;
beforeEach(() => {
  fake = new FakeRegistries();
  good = fake.image(base, 'good');
  evil = fake.image(base, 'evil');
});

async function read(manifests: readonly object[], platform?: string) {
  const images = new Images(new RegistryClient(fake.outside(), {}), platform);
  const { digest } = fake.manifest(base, indexOf(manifests));
  return { images, index: (await images.client.manifest(acme, digest, signal))! };
}

/** Which of the two count for the wanted platform. */
async function counted(wanted: string, first: object | undefined, second: object | undefined) {
  const descriptors = [
    { ...good, platform: first },
    { ...evil, platform: second },
  ];
  const { images, index } = await read(descriptors, wanted);
  const digests = images.platforms(index).map(({ digest }) => digest);
  return [digests.includes(good.digest), digests.includes(evil.digest)];
}

describe('what counts for a platform', () => {
  it.each([
    ['x86_64', 'linux/amd64', linux('amd64'), linux('x86_64')],
    ['x86-64', 'linux/amd64', linux('amd64'), linux('x86-64')],
    ['upper case', 'linux/amd64', linux('amd64'), { os: 'Linux', architecture: 'AMD64' }],
    ['a dotted capital I', 'linux/amd64', linux('amd64'), { os: 'l\u0130nux', architecture: 'amd64' }],
    ['a variant', 'linux/amd64', linux('amd64'), linux('amd64', 'v2')],
    ['no variant', 'linux/amd64/v3', linux('amd64', 'v3'), linux('amd64')],
    ['no system', 'linux/amd64', linux('amd64'), { architecture: 'amd64' }],
    ['an empty system', 'linux/amd64', linux('amd64'), { os: '', architecture: 'amd64' }],
    ['no architecture', 'linux/amd64', linux('amd64'), { os: 'linux' }],
    ['an empty platform', 'linux/amd64', linux('amd64'), {}],
    ['no platform', 'linux/amd64', linux('amd64'), undefined],
    ['aarch64', 'linux/arm64', linux('arm64'), linux('aarch64')],
    ['arm64/v8', 'linux/arm64', linux('arm64'), linux('arm64', 'v8')],
    ['arm64 for arm64/v8', 'linux/arm64/v8', linux('arm64', 'v8'), linux('arm64')],
    ['i686', 'linux/386', linux('386'), linux('i686')],
    ['armhf', 'linux/arm/v7', linux('arm', 'v7'), linux('armhf')],
    ['armel', 'linux/arm/v6', linux('arm', 'v6'), linux('armel', 'v7')],
    ['arm for arm/v7', 'linux/arm/v7', linux('arm', 'v7'), linux('arm')],
    ['a variant without v', 'linux/arm', linux('arm', 'v7'), linux('arm', '7')],
    [
      'macos',
      'darwin/arm64',
      { os: 'darwin', architecture: 'arm64' },
      { os: 'macos', architecture: 'arm64' },
    ],
    ['an alias that is wanted', 'Linux/x86_64', linux('amd64'), linux('x86-64')],
    ['a fallback of what is doubtful', 'linux/amd64', linux('amd64', 'v9'), linux('386')],
    [
      'a fallback of what asks for more',
      'linux/arm64',
      { ...linux('arm64'), 'os.features': ['x'] },
      linux('arm'),
    ],
    ['a lower variant of what is doubtful', 'linux/arm', linux('arm'), linux('arm', 'v6')],
  ])('takes in %s', async (_, wanted, first, second) => {
    expect(await counted(wanted, first, second)).toEqual([true, true]);
  });

  it.each([
    ['another architecture', 'linux/amd64', linux('amd64'), linux('arm64')],
    ['another system', 'linux/amd64', linux('amd64'), { os: 'windows', architecture: 'amd64' }],
    ['a fallback', 'linux/amd64', linux('amd64'), linux('386')],
    ['a fallback of a variant', 'linux/arm64', linux('arm64', 'v8'), linux('arm', 'v7')],
    ['a lower variant', 'linux/arm', linux('arm', 'v7'), linux('arm', 'v6')],
    ['a higher variant', 'linux/arm/v6', linux('arm', 'v6'), linux('arm', 'v7')],
    ['attestations', 'linux/amd64', linux('amd64'), { os: 'unknown', architecture: 'unknown' }],
  ])('leaves out %s', async (_, wanted, first, second) => {
    expect(await counted(wanted, first, second)).toEqual([true, false]);
  });

  it('is nothing where there are only fallbacks', async () => {
    await expect(counted('linux/amd64', linux('386'), linux('arm64'))).rejects.toThrow(
      'linux/386, linux/arm64',
    );
  });

  it.each([
    ['text', 'linux/amd64'],
    ['system', { os: 1, architecture: 'amd64' }],
  ])('refuses an odd %s', async (_, platform) => {
    await expect(read([{ ...good, platform }])).rejects.toThrow('the manifest has a platform');
  });
});

describe('the manifest for a platform', () => {
  async function single(manifests: readonly object[], platform?: string) {
    const { images, index } = await read(manifests, platform);
    return (await images.single(acme, index, signal)).digest;
  }

  it.each([undefined, 'linux/amd64'])('is that of it, with %s chosen', async platform => {
    const others = { ...evil, platform: linux('arm64') };
    expect(await single([others, { ...good, platform: linux('x86_64') }], platform)).toBe(good.digest);
  });

  it('is the only one where none is chosen', async () => {
    expect(await single([{ ...good, platform: linux('s390x') }])).toBe(good.digest);
    await expect(single([{ ...good, platform: linux('s390x') }], 'linux/amd64')).rejects.toThrow(
      'no manifest for',
    );
  });

  it.each([undefined, 'linux/amd64'])('is none of several, with %s chosen', async platform => {
    for (const other of [linux('amd64'), linux('x86_64'), { architecture: 'amd64' }, undefined]) {
      const manifests = [
        { ...good, platform: linux('amd64') },
        { ...evil, platform: other },
      ];
      await expect(single(manifests, platform)).rejects.toThrow('2 manifests that may be for linux/amd64');
    }
  });

  it('is one that stands there twice', async () => {
    const twice = [
      { ...good, platform: linux('amd64') },
      { ...good, platform: linux('x86_64') },
      { ...evil, platform: linux('arm64') },
    ];
    expect(await single(twice)).toBe(good.digest);
  });
});
