import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type DiagnosticJson, limits, printable, renderDiagnosticJson } from '../../base/index.ts';
import { isPolicyPart, type TextFile } from '../../bundles/index.ts';
import { readBundle } from '../../bundles/opa/index.ts';
import type { Command, Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import { kindOf, readDirectory, readText } from '../files.ts';
import { type Arguments, single } from '../options.ts';
import { policyPath, readPolicyName } from '../server/policy-name.ts';
import { serverOf, serverOptions } from '../server/server.ts';
import { UsageError } from '../usage-error.ts';
import { promote } from './promote.ts';

export const publishCommand: Command = {
  name: 'publish',
  summary: 'Publishes a version of a policy.',
  usage: '[options] DIR|FILE|BUNDLE.tar.gz ORG/NAME',
  options: [
    { name: 'note', value: 'TEXT', help: 'what changed, and why' },
    { name: 'channel', value: 'CHANNEL', help: 'move this channel to the version' },
    {
      name: 'if-match',
      value: 'REVISION',
      help: 'only where the policy still has this revision; 0: where there is none yet',
    },
    ...serverOptions,
  ],
  notes: [
    'Of a DIR rules, tests, data.json or data.yaml and policy.yaml are sent. The service compiles them with the layers',
    'that they extend and runs the tests first: what fails is not published.',
    '',
    'Exit code: 0 published, or it was there already; 1 refused; 2 it could not be done.',
  ].join('\n'),
  run,
};

interface Published {
  readonly policy: string;
  readonly version: number;
  readonly digest: string;
  readonly revision: number;
  readonly warnings: readonly DiagnosticJson[];
}

async function run(args: Arguments, output: Output): Promise<number> {
  const [path, name, ...others] = args.positionals;
  if (path === undefined || others.length > 0)
    throw new UsageError('a directory and a policy are needed', 'pratique publish DIR ORG/NAME');
  const policy = readPolicyName(name);
  const server = serverOf(args);
  const files = await readFiles(path, output);
  if (files === undefined) return 1;
  const note = single(args, 'note');
  const published = await server.read<Published>(policyPath(policy), {
    method: 'PUT',
    headers: precondition(single(args, 'if-match')),
    json: {
      files: Object.fromEntries(files.map(file => [file.path, file.text])),
      ...(note !== undefined && { note }),
    },
  });
  for (const warning of published.warnings)
    output.err(`${renderDiagnosticJson(warning, output.paintErr)}\n\n`);
  output.out(
    `${printable(`${published.policy}@${published.version}`)}  ${published.digest}  revision ${published.revision}\n`,
  );
  const channel = single(args, 'channel');
  if (channel === undefined) return 0;
  return promote(server, { policy, version: String(published.version), channel }, output);
}

/** Undefined where a bundle cannot be read, which has been said. */
async function readFiles(path: string, output: Output): Promise<readonly TextFile[] | undefined> {
  switch (kindOf(path)) {
    case 'directory': {
      const files = readDirectory(path, file => isPolicyPart(file, true), limits.policyBytes);
      if (files.length === 0) throw new UsageError(`there is no policy in ${path}`);
      return files;
    }
    case 'file':
      return /\.(?:tar\.gz|tgz)$/u.test(path) ? readBundleFile(path, output) : [readFile(path)];
    default:
      throw new UsageError(`there is no file or directory ${JSON.stringify(path)}`);
  }
}

function readFile(path: string): TextFile {
  const name = basename(path);
  if (!isPolicyPart(name))
    throw new UsageError(
      `${path} is no policy`,
      'a policy is a .policy or .rego file, a directory or a bundle',
    );
  return { path: name, text: readText(path, limits.policyBytes) };
}

async function readBundleFile(path: string, output: Output): Promise<readonly TextFile[] | undefined> {
  const { bundle, diagnostics } = await readBundle(new Uint8Array(readFileSync(path)), { name: path });
  complain(diagnostics, output);
  return bundle?.files;
}

function precondition(revision: string | undefined): Readonly<Record<string, string>> {
  if (revision === undefined) return {};
  if (!/^\d{1,9}$/u.test(revision))
    throw new UsageError(
      `--if-match ${JSON.stringify(revision)} is no revision`,
      'publish prints the revision of a policy',
    );
  return revision === '0' ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` };
}
