import { queryFormats } from '../../bundles/query/index.ts';
import { verdictFormats } from '../../decide/index.ts';
import { functionOptions, versionOptions } from '../checking.ts';
import type { Command, Output } from '../command.ts';
import { answerQuery } from '../evaluating/query.ts';
import { decideRemotely, remoteOptions } from '../evaluating/remote.ts';
import { decideInputs } from '../evaluating/verdict.ts';
import { evidenceOptions } from '../evidence-options.ts';
import type { Arguments, Option } from '../options.ts';
import { outsideOptions } from '../outside.ts';
import { serverOptions } from '../server/server.ts';
import { UsageError } from '../usage-error.ts';

/** What only one of the two modes understands. */
const verdictOptions: readonly Option[] = [
  {
    name: 'policy',
    short: 'p',
    value: 'FILE|DIR|NAME',
    help: 'policy to decide by; repeatable, all must allow',
  },
  { name: 'context', short: 'c', value: 'KEY=VALUE', help: 'what policies see as input.context; repeatable' },
  { name: 'print-input', help: 'print what policies see as input, and decide nothing' },
  { name: 'as-of', value: 'TIME', help: 'decide as of a date or RFC 3339 time; now if not given' },
  ...outsideOptions,
  ...evidenceOptions,
  ...serverOptions,
  ...remoteOptions,
];

const queryOptions: readonly Option[] = [
  { name: 'input', short: 'i', value: 'FILE', help: 'JSON or YAML that the query sees as input' },
  { name: 'stdin-input', short: 'I', help: 'read the input from the standard input' },
  { name: 'stdin', help: 'read the query from the standard input' },
  { name: 'strict-builtin-errors', help: 'end where a built-in function fails' },
  { name: 'fail', help: 'exit code 1 where the query is undefined' },
  { name: 'fail-defined', help: 'exit code 1 where it is defined' },
  { name: 'strict', short: 'S', help: 'report what works but is likely a mistake' },
  { name: 'ignore', value: 'PATTERN', help: 'files and directories to pass over; repeatable' },
  ...functionOptions,
];

const sharedOptions: readonly Option[] = [
  {
    name: 'data',
    short: 'd',
    value: 'FILE|DIR',
    help: 'JSON or YAML that policies see as data; for a query rules too, and directories; repeatable',
  },
  {
    name: 'format',
    short: 'f',
    value: 'FORMAT',
    help: `${verdictFormats.join(', ')} (text if not given); for a query ${queryFormats.join(', ')} (json if not given)`,
  },
  { name: 'explain', help: 'say on the standard error what was evaluated, and with which values' },
  ...versionOptions,
];

export const evalCommand: Command = {
  name: 'eval',
  summary: 'Decides whether images may run, or answers a query.',
  usage: '--policy FILE|DIR|NAME [options] INPUT...\n       pratique eval [options] QUERY',
  options: [...verdictOptions, ...sharedOptions, ...queryOptions],
  notes: [
    'With --policy, it decides whether the images of INPUT may run: a manifest, compose file or Dockerfile, a list',
    'of images (.txt), a directory of manifests and Dockerfiles, or - for the standard input. Of a directory, hidden',
    'directories and node_modules are not read; lists, directories behind links and files that do not look like',
    'a manifest or a Dockerfile are not read either, and named on the standard error.',
    '',
    'With --server URL, the service decides, by its policies (ORG/NAME, or the name of one of its library).',
    '',
    'Without --policy, it answers QUERY, which is Rego, from the rules and data of --data and the input of --input:',
    '',
    "  pratique eval --data policies/ --input pod.json 'data.acme.deny[message]'",
    '',
    'Exit code with --policy: 0 allow, 1 deny, 2 error, 3 indeterminate.',
    'Exit code: 0 answered, 1 as --fail or --fail-defined say, 2 error.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  if (args.options.has('policy')) {
    refuse(args, queryOptions, 'is for queries, and --policy decides');
    return decidesThere(args) ? decideRemotely(args, output) : decideInputs(args, output);
  }
  refuse(args, verdictOptions, 'needs --policy');
  return answerQuery(args, output);
}

/** Only where it is asked for: what was logged in to does not change what is decided here. */
function decidesThere({ options }: Arguments): boolean {
  if (options.has('server')) return true;
  const lost = ['lock', 'insecure'].find(name => options.has(name));
  if (lost !== undefined) throw new UsageError(`--${lost} needs --server`);
  return false;
}

/** An option that would be passed over is a slip. */
function refuse({ options }: Arguments, unfit: readonly Option[], why: string): void {
  const found = unfit.find(({ name }) => options.has(name));
  if (found !== undefined) throw new UsageError(`--${found.name} ${why}`, 'see pratique eval --help');
}
