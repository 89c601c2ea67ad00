import { limits } from '../base/index.ts';
import {
  type EvidenceSettings,
  type RegistrySettings,
  readDockerConfig,
  readSentFile,
  readTrustRoot,
  SentEvidence,
  toHostPattern,
} from '../evidence/index.ts';
import { readText } from './files.ts';
import { type Arguments, type Option, single } from './options.ts';
import { hostsOf } from './outside.ts';
import { UsageError } from './usage-error.ts';

/** What a command that decides takes for signatures, attestations and reports. */
export const evidenceOptions: readonly Option[] = [
  {
    name: 'evidence',
    value: 'FILE',
    help: 'signatures, attestations and reports to use before registries are asked; repeatable',
  },
  {
    name: 'allow-registry',
    value: 'HOST',
    help: 'registry that may be asked; every public one if none is given; repeatable',
  },
  { name: 'registry-config', value: 'FILE', help: 'credentials of registries, as in .docker/config.json' },
  { name: 'plain-http', value: 'HOST', help: 'registry, with its port, that is asked over http; repeatable' },
  {
    name: 'platform',
    value: 'OS/ARCH',
    help: 'platform that counts of an image for several; all if not given',
  },
  {
    name: 'trust-root',
    value: 'FILE',
    help: 'trusted_root.json of a Sigstore instance, in place of the public one; repeatable',
  },
];

/** Throws a UsageError where a file cannot be read, or does not hold what it should. */
export function evidenceSettings(args: Arguments, asOf: bigint): EvidenceSettings {
  const roots = (args.options.get('trust-root') ?? []).map(path =>
    readFile(path, text => readTrustRoot(path, text)),
  );
  return {
    asOf,
    registry: registrySettings(args),
    sent: sentEvidence(args),
    ...(roots.length > 0 && { trustRoots: roots }),
  };
}

function registrySettings(args: Arguments): RegistrySettings {
  const config = single(args, 'registry-config');
  const platform = single(args, 'platform');
  if (platform !== undefined && !/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/u.test(platform))
    throw new UsageError(`--platform ${JSON.stringify(platform)} is no platform`, 'for instance linux/amd64');
  return {
    ...(args.options.has('allow-registry') && { registries: hostsOf(args, 'allow-registry', toHostPattern) }),
    ...(config !== undefined && { credentials: readFile(config, readDockerConfig) }),
    plainHttp: hostsOf(args, 'plain-http', toHostPattern),
    ...(platform !== undefined && { platform }),
  };
}

function sentEvidence(args: Arguments): SentEvidence {
  const paths = args.options.get('evidence') ?? [];
  const items = paths.flatMap(path => readFile(path, readSentFile));
  return readAll(paths.join(', '), () => new SentEvidence(items));
}

function readFile<T>(path: string, read: (text: string) => T): T {
  const text = readText(path, limits.blobBytes);
  return readAll(path, () => read(text));
}

function readAll<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${what}: ${error.message}`);
    throw error;
  }
}
