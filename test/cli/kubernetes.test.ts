import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, run } from './run.ts';

let place: ReturnType<typeof folder>;
beforeAll(() => {
  place = folder({ token: 'pqt_x\n', 'roots.pem': '-----BEGIN CERTIFICATE-----\n' });
});
afterAll(() => place.remove());

const install = (...args: readonly string[]) => run(['kubernetes', 'install', ...args], { cwd: place.path });
const server = ['--server', 'https://pratique.acme.io/'];

describe('pratique kubernetes install', () => {
  it('prints manifests with token and roots', async () => {
    const files = ['--token-file', 'token', '--ca-bundle', 'roots.pem'];
    const { code, out } = await install(...server, ...files, '--target', 'gatekeeper', 'acme/production');
    expect(code).toBe(0);
    const [provider] = loadAll(out) as { spec: unknown }[];
    expect(provider!.spec).toMatchObject({
      url: 'https://pratique.acme.io/gatekeeper/acme/production/validate/pqt_x',
      caBundle: btoa('-----BEGIN CERTIFICATE-----\n'),
    });
  });

  it.each([
    [['acme/production'], '--server URL is needed'],
    [[...server, 'production'], '"production" is no policy of an organisation'],
    [['--server', 'http://acme.io', 'acme/p'], 'http://acme.io is no address that a cluster can ask'],
    [[...server, '--target', 'gatekeepr', 'acme/p'], 'unknown target "gatekeepr"'],
  ])('refuses %j', async (args, message) => {
    expect(await install(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
