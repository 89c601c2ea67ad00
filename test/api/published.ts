import { env } from 'cloudflare:workers';
import {
  PolicyLibrary,
  parsePolicyReference,
  preparePublication,
  versionDigest,
} from '../../src/bundles/index.ts';
import { moveChannel, openDatabase, publishVersion } from '../../src/store/index.ts';

const database = openDatabase(env.DB);

/** Publishes a policy of one file, which extends nothing, and lets `stable` stand for it; gives its number. */
export async function publish(name: string, text: string, channel = 'stable'): Promise<number> {
  return publishFiles(name, { 'policy.policy': text }, channel);
}

/** The same of several files, by their paths. */
export async function publishFiles(
  name: string,
  texts: Readonly<Record<string, string>>,
  channel = 'stable',
): Promise<number> {
  const { org, name: policy } = parsePolicyReference(name)!;
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const digest = versionDigest(files);
  const layer = { org, policy, digest, files, bases: [] };
  const { manifest, diagnostics } = preparePublication([layer], { library: new PolicyLibrary([]), now: 0n });
  if (manifest === undefined) throw new Error(diagnostics.map(each => each.message).join('; '));
  const now = Date.now();
  const version = { org, policy, digest, files, manifest, bases: [], actor: 'token:publisher' };
  const { version: stored } = await publishVersion(database, version, undefined, now);
  const move = { org, policy, channel, number: stored.number, actor: 'token:publisher' };
  await moveChannel(database, move, undefined, now);
  return stored.number;
}
