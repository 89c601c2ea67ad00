import { type Diagnostic, renderDiagnostics, sortDiagnostics, toDiagnosticJson } from '../../base/index.ts';
import { checkPolicy } from '../../language/index.ts';
import type { Command, Output } from '../command.ts';
import { type Arguments, type Option, single } from '../options.ts';
import { readPolicyNamed } from '../policies.ts';
import { UsageError } from '../usage-error.ts';

const options: readonly Option[] = [
  { name: 'data', short: 'd', value: 'FILE', help: 'JSON or YAML that policies see as data; repeatable' },
  { name: 'format', short: 'f', value: 'FORMAT', help: 'text or json; text if not given' },
  { name: 'v0', help: 'read .rego files as Rego v0' },
];

export const checkCommand: Command = {
  name: 'check',
  summary: 'Checks policies and says what is wrong, and where.',
  usage: '[options] FILE|DIR...',
  options,
  notes: [
    'Each FILE or DIR is a policy by itself; of a directory, tests are checked too.',
    '',
    'Exit code: 0 no errors, 1 errors, 2 nothing could be checked.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  const format = single(args, 'format') ?? 'text';
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`unknown format ${JSON.stringify(format)}`, 'formats are text, json');
  if (args.positionals.length === 0) throw new UsageError('no policy is given', 'name a file or directory');
  const diagnostics = sortDiagnostics(args.positionals.flatMap(path => checkPath(path, args)));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (format === 'json') output.out(`${JSON.stringify(diagnostics.map(toDiagnosticJson), null, 2)}\n`);
  else report(diagnostics, errors, output);
  return errors > 0 ? 1 : 0;
}

function checkPath(path: string, args: Arguments): readonly Diagnostic[] {
  const { policy, problems } = readPolicyNamed(path, {
    data: args.options.get('data') ?? [],
    tests: true,
    ...(args.options.has('v0') && { version: 'v0' as const }),
  });
  return policy === undefined ? problems : [...problems, ...checkPolicy(policy.files).diagnostics];
}

function report(diagnostics: readonly Diagnostic[], errors: number, { out, paintOut }: Output): void {
  if (diagnostics.length > 0) out(`${renderDiagnostics(diagnostics, paintOut)}\n\n`);
  const warnings = diagnostics.length - errors;
  const counts = [plural(errors, 'error'), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])];
  out(`${paintOut(errors > 0 ? 'error' : 'success', counts.join(', '))}\n`);
}

function plural(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
