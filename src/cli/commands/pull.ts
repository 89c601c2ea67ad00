import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printable } from '../../base/index.ts';
import {
  isPolicyPart,
  type Lock,
  type PolicyReference,
  parsePolicyReference,
  writeLock,
} from '../../bundles/index.ts';
import type { Command, Output } from '../command.ts';
import { type Arguments, single } from '../options.ts';
import { policyPath } from '../server/policy-name.ts';
import { serverOf, serverOptions } from '../server/server.ts';
import { UsageError } from '../usage-error.ts';

export const pullCommand: Command = {
  name: 'pull',
  summary: 'Fetches the files of a policy, and a lock that pins it.',
  usage: '[options] ORG/NAME[@SELECTOR]',
  options: [
    { name: 'output', short: 'o', value: 'DIR', help: 'where to; the name of the policy if not given' },
    { name: 'lock-only', help: 'write pratique.lock alone, into DIR or here' },
    ...serverOptions,
  ],
  notes: [
    'SELECTOR is a version, a digest or a channel; stable if none is given. pratique.lock names the version and those of',
    'all layers below it: pratique eval --server --lock decides by these and no others.',
    '',
    'Exit code: 0 written, 2 it could not be fetched or written.',
  ].join('\n'),
  run,
};

interface Version {
  readonly policy: string;
  readonly version: number;
  readonly digest: string;
  readonly files: Readonly<Record<string, string>>;
}

async function run(args: Arguments, { out }: Output): Promise<number> {
  const [text, ...others] = args.positionals;
  const reference = text === undefined ? undefined : parsePolicyReference(text);
  if (reference === undefined || others.length > 0)
    throw new UsageError('one policy is needed: ORG/NAME or ORG/NAME@SELECTOR');
  const lockOnly = args.options.has('lock-only');
  const directory = single(args, 'output') ?? (lockOnly ? '.' : reference.name);
  if (!lockOnly) refuseFull(directory);
  const { version, lock } = await fetchVersion(args, reference);
  if (!lockOnly)
    for (const [path, content] of Object.entries(version.files)) writeInside(directory, path, content);
  writeInside(directory, 'pratique.lock', writeLock(lock));
  out(
    `${printable(`${version.policy}@${version.version}`)}  ${printable(version.digest)}  ${printable(directory)}\n`,
  );
  return 0;
}

async function fetchVersion(args: Arguments, { org, name, selector }: PolicyReference) {
  const server = serverOf(args);
  const selected = encodeURIComponent(selector?.value ?? 'stable');
  const version = await server.read<Version>(`${policyPath({ org, name })}/versions/${selected}`);
  const lock = await server.read<Lock>(`${policyPath({ org, name })}/versions/${version.version}/lock`);
  return { version, lock };
}

function refuseFull(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new UsageError(`${directory} is not empty`, 'name another with --output');
}

/** What a server names is written only below the directory. */
function writeInside(directory: string, path: string, text: string): void {
  const isInside =
    path === 'pratique.lock' ||
    (isPolicyPart(path, true) && !path.split(/[\\/]/u).some(part => part === '' || /^\.{1,2}$/u.test(part)));
  if (!isInside) throw new UsageError(`the server sent a file of the name ${JSON.stringify(path)}`);
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
