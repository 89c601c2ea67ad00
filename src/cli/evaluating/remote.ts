import { limits } from '../../base/index.ts';
import { type Decision, formatVerdict, type Verdict } from '../../decide/index.ts';
import type { Output } from '../command.ts';
import { readText } from '../files.ts';
import { type Arguments, type Option, single } from '../options.ts';
import { serverOf } from '../server/server.ts';
import { UsageError } from '../usage-error.ts';
import { readInput } from './inputs.ts';
import { EXIT, readVerdictFormat } from './verdict.ts';

/** What is for a decision that is made at a service. */
export const remoteOptions: readonly Option[] = [
  { name: 'lock', value: 'FILE', help: 'pratique.lock: decide by the versions that it names and no others' },
];

/** Options of a decision that are understood there; any other would be passed over. */
const understood: ReadonlySet<string> = new Set([
  ...['server', 'insecure', 'policy', 'context', 'as-of', 'format', 'data', 'evidence', 'lock'],
]);

/** Lets a service decide, shows its verdict as if it were decided here, and gives the same exit code. */
export async function decideRemotely(args: Arguments, output: Output): Promise<number> {
  const other = [...args.options.keys()].find(name => !understood.has(name));
  if (other !== undefined)
    throw new UsageError(`--${other} is for deciding here, and --server decides there`);
  const format = readVerdictFormat(single(args, 'format'));
  const verdict = await serverOf(args).read<Verdict>('/v1/evaluate', {
    method: 'POST',
    query: { format: 'json' },
    form: formOf(args, output),
  });
  const asOfGiven = args.options.has('as-of');
  output.out(formatVerdict(verdict, format, { paint: output.paintOut, asOfGiven }).body);
  return EXIT[verdict.decision satisfies Decision] ?? EXIT.indeterminate;
}

function formOf(args: Arguments, output: Output): FormData {
  const form = new FormData();
  for (const policy of args.options.get('policy') ?? []) form.append('policy', policyName(policy));
  for (const pair of args.options.get('context') ?? []) form.append(...contextField(pair));
  const asOf = single(args, 'as-of');
  if (asOf !== undefined)
    form.append('as_of', /^\d{4}-\d{2}-\d{2}$/u.test(asOf) ? `${asOf}T00:00:00Z` : asOf);
  for (const field of ['data', 'evidence', 'lock'] as const)
    for (const path of args.options.get(field) ?? [])
      form.append(field, file(path, readText(path, limits.blobBytes)));
  if (args.positionals.length === 0)
    throw new UsageError('no input is given', 'name a file or directory, or -');
  for (const path of args.positionals)
    for (const { name, text } of readInput(path, output)) form.append('file', file(name, text));
  return form;
}

/** Files here are no policies there. */
function policyName(name: string): string {
  if (!/\.(?:policy|rego)$|^[./~]/u.test(name)) return name;
  throw new UsageError(
    `${name} is a file here, and --server decides there`,
    'publish it first, or leave --server out',
  );
}

function contextField(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`--context ${JSON.stringify(pair)} is not KEY=VALUE`);
  return [`context.${pair.slice(0, at)}`, pair.slice(at + 1)];
}

function file(name: string, text: string): File {
  return new File([text], name);
}
