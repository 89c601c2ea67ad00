import { join } from 'node:path';
import {
  type Diagnostic,
  printable,
  renderDiagnostics,
  type SourceFile,
  sortDiagnostics,
  toDiagnosticJson,
} from '../../base/index.ts';
import { hiddenRules, readProgram } from '../../bundles/index.ts';
import { type CheckOptions, checkPolicy, planPolicy } from '../../language/index.ts';
import { functionOptions, readCheckOptions, rulesVersion, versionOptions } from '../checking.ts';
import type { Command, Output } from '../command.ts';
import { kindOf } from '../files.ts';
import { type Arguments, choice, type Option } from '../options.ts';
import { readPolicyNamed } from '../policies.ts';
import { readTrees } from '../program.ts';
import { readSources, toPolicyFile } from '../sources.ts';
import { gatherUnknown, unknownHint } from '../unknown-functions.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['text', 'json'] as const;

const options: readonly Option[] = [
  { name: 'data', short: 'd', value: 'FILE', help: 'JSON or YAML that policies see as data; repeatable' },
  { name: 'format', short: 'f', value: 'FORMAT', help: `${formats.join(', ')}; text if not given` },
  {
    name: 'strict',
    short: 'S',
    help: 'also report what works but is likely a mistake: what is not used, and the like',
  },
  { name: 'ignore', value: 'PATTERN', help: 'files and directories to pass over; repeatable' },
  ...versionOptions,
  ...functionOptions,
];

export const checkCommand: Command = {
  name: 'check',
  summary: 'Checks policies and says what is wrong, and where.',
  usage: '[options] FILE|DIR...',
  options,
  notes: [
    'Each FILE or DIR is a program by itself; of a directory, tests are checked too.',
    '',
    'Exit code: 0 no errors, 1 errors, 2 nothing could be checked.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  const format = choice(args, 'format', formats);
  if (args.positionals.length === 0) throw new UsageError('no policy is given', 'name a file or directory');
  const checking = readCheckOptions(args);
  const all = args.positionals.flatMap(path => checkPath(path, args, checking));
  const { diagnostics: gathered, unknown } = gatherUnknown(all);
  const diagnostics = sortDiagnostics(gathered);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (format === 'json') output.out(`${JSON.stringify(diagnostics.map(toDiagnosticJson), null, 2)}\n`);
  else report(diagnostics, { errors, unknown }, output);
  return errors > 0 ? 1 : 0;
}

/** A directory of Rego alone is code, whatever data lies in it. */
function checkPath(path: string, args: Arguments, checking: CheckOptions): readonly Diagnostic[] {
  const isPolicy = kindOf(path) !== 'directory' || kindOf(join(path, 'policy.yaml')) === 'file';
  const sources = isPolicy ? [] : readSources(path, args.options.get('ignore'));
  const isCode = sources.length > 0 && sources.every(source => source.path.endsWith('.rego'));
  return isCode ? checkCode(sources, args, checking) : checkNamed(path, args, checking);
}

function checkCode(
  sources: readonly SourceFile[],
  args: Arguments,
  checking: CheckOptions,
): readonly Diagnostic[] {
  const { problems } = readProgram(readTrees(args.options.get('data') ?? []));
  const files = sources.map(source => toPolicyFile(source, rulesVersion(args)));
  return [...problems, ...checkPolicy(files, checking).diagnostics];
}

function checkNamed(path: string, args: Arguments, checking: CheckOptions): readonly Diagnostic[] {
  const { policy, problems } = readPolicyNamed(path, {
    data: args.options.get('data') ?? [],
    ignore: args.options.get('ignore') ?? [],
    tests: true,
    ...rulesVersion(args),
  });
  if (policy === undefined) return problems;
  const { checked, diagnostics } = checkPolicy(policy.files, checking);
  const hidden = checked === undefined ? [] : hiddenRules(checked, planPolicy(checked), policy.data);
  return [...problems, ...diagnostics, ...hidden];
}

function report(
  diagnostics: readonly Diagnostic[],
  { errors, unknown }: { readonly errors: number; readonly unknown: readonly string[] },
  { out, paintOut }: Output,
): void {
  if (diagnostics.length > 0) out(`${renderDiagnostics(diagnostics, paintOut)}\n\n`);
  const hint = unknownHint(unknown);
  if (hint !== undefined) out(`${paintOut('hint', 'hint')}: ${printable(hint)}\n\n`);
  const warnings = diagnostics.length - errors;
  const counts = [plural(errors, 'error'), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])];
  out(`${paintOut(errors > 0 ? 'error' : 'success', counts.join(', '))}\n`);
}

function plural(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
