import { describe, expect, it } from 'vitest';
import { OrganisationRegistries } from '../../src/api/deciding/organisation-registry.ts';
import { dockerConfigFor } from '../../src/api/registry-credentials.ts';
import { type Credentials, RegistryCache, readDockerConfig } from '../../src/evidence/index.ts';
import { defaultSettings, Sealer, type StoredRegistry } from '../../src/store/index.ts';

const sealer = new Sealer(btoa('k'.repeat(32)));
const deploymentCache = new RegistryCache();
const deployment = readDockerConfig(
  JSON.stringify({
    auths: {
      'ghcr.io': { username: 'deployment', password: 'p' },
      'ghcr.io/acme': { username: 'deployment', password: 'p' },
      'quay.io': { username: 'deployment', password: 'p' },
    },
  }),
);

function registries(sharedRegistries: readonly string[] = [], opener: Sealer | undefined = sealer) {
  return new OrganisationRegistries({
    registry: { credentials: deployment, cache: deploymentCache },
    sharedRegistries,
    ...(opener && { sealer: opener }),
  } as never);
}

function caller(org: string, rows: readonly StoredRegistry[] = []) {
  const principal = { identity: 'token:x', org, grants: [] };
  return { principal, settings: defaultSettings, exemptions: [], registries: rows };
}

async function row(org: string, host: string, username: string, sealedFor = org): Promise<StoredRegistry> {
  const config = dockerConfigFor(host, { username, password: 'secret' });
  const sealed = await sealer.seal(config, { org: sealedFor, kind: 'registry', name: host });
  return { org, host, sealed, updatedAt: 0, updatedBy: 'token:x' };
}

function users(credentials: Credentials | undefined) {
  return [...(credentials ?? [])].map(([key, value]) => [key, value.kind === 'basic' && value.user]).sort();
}

describe('decisions of an organisation', () => {
  it('use its own credentials and none of the deployment', async () => {
    const settings = await registries().settingsFor(caller('a', [await row('a', 'ghcr.io', 'own')]));
    expect(users(settings?.credentials)).toEqual([['ghcr.io', 'own']]);
  });

  it('use no credentials where it has none', async () => {
    const settings = await registries().settingsFor(caller('a'));
    expect(users(settings?.credentials)).toEqual([]);
    expect(settings?.cache).not.toBe(deploymentCache);
  });

  it('use those that the deployment shares, unless they have their own for the registry', async () => {
    const shared = registries(['ghcr.io', 'quay.io']);
    expect(users((await shared.settingsFor(caller('a')))?.credentials)).toHaveLength(3);
    const own = await shared.settingsFor(caller('b', [await row('b', 'ghcr.io', 'own')]));
    expect(users(own?.credentials)).toEqual([
      ['ghcr.io', 'own'],
      ['quay.io', 'deployment'],
    ]);
  });

  it('never see what was answered to another, nor to the deployment', async () => {
    const all = registries();
    const a = await all.settingsFor(caller('a', [await row('a', 'ghcr.io', 'own')]));
    const b = await all.settingsFor(caller('b', [await row('b', 'ghcr.io', 'own')]));
    const none = await all.settingsFor(caller('c'));
    expect(new Set([a?.cache, b?.cache, none?.cache, deploymentCache]).size).toBe(4);
    expect((await all.settingsFor(caller('d')))?.cache).toBe(none?.cache);
    const shared = registries(['quay.io']);
    const [c, d] = [await shared.settingsFor(caller('c')), await shared.settingsFor(caller('d'))];
    expect(c?.cache).not.toBe(d?.cache);
  });

  it('keep what was answered as long as the credentials are the same', async () => {
    const all = registries();
    const first = await row('a', 'ghcr.io', 'own');
    const cache = (await all.settingsFor(caller('a', [first])))?.cache;
    expect((await all.settingsFor(caller('a', [first])))?.cache).toBe(cache);
    const other = await all.settingsFor(caller('a', [await row('a', 'ghcr.io', 'own')]));
    expect(other?.cache).not.toBe(cache);
    expect((await all.settingsFor(caller('a')))?.cache).not.toBe(cache);
  });

  it('are not made where credentials cannot be opened', async () => {
    const moved = await row('a', 'ghcr.io', 'own', 'b');
    await expect(registries().settingsFor(caller('a', [moved]))).rejects.toThrow('cannot be opened');
    const good = await row('a', 'ghcr.io', 'own');
    const otherKey = new Sealer(btoa('x'.repeat(32)));
    await expect(registries([], otherKey).settingsFor(caller('a', [good]))).rejects.toThrow(
      'cannot be opened',
    );
  });
});

it('callers that are nobody’s ask as the deployment does', async () => {
  const settings = await registries().settingsFor(undefined);
  expect(settings?.credentials).toBe(deployment);
  expect(settings?.cache).toBe(deploymentCache);
});
