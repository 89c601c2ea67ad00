import { writeFileSync } from 'node:fs';
import { printable, type SourceFile } from '../../base/index.ts';
import { formatSource, unifiedDiff } from '../../bundles/index.ts';
import { rulesVersion, versionOptions } from '../checking.ts';
import type { Command, Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import type { Arguments, Option } from '../options.ts';
import { readSources, toPolicyFile } from '../sources.ts';
import { UsageError } from '../usage-error.ts';

const options: readonly Option[] = [
  { name: 'write', short: 'w', help: 'write what changes back to its file' },
  { name: 'diff', short: 'd', help: 'show what would change' },
  { name: 'list', short: 'l', help: 'name the files that would change' },
  { name: 'check', help: 'name the files that would change, and fail where there are any' },
  { name: 'fail', help: 'fail where a file would change' },
  { name: 'ignore', value: 'PATTERN', help: 'files and directories to pass over; repeatable' },
  ...versionOptions,
];

export const fmtCommand: Command = {
  name: 'fmt',
  summary: 'Formats policies.',
  usage: '[options] [FILE|DIR...]',
  options,
  notes: [
    'Prints the formatted text, of the standard input where no FILE is given. The layout is that of opa fmt; comments',
    'stay, and what the rules say does not change: a text that has syntax errors is refused.',
    '',
    'Exit code: 0 done, 1 a file would change and --check or --fail is given, 2 a file could not be formatted.',
  ].join('\n'),
  run,
};

interface Formatted {
  readonly source: SourceFile;
  readonly text: string;
  readonly changed: boolean;
}

async function run(args: Arguments, output: Output): Promise<number> {
  const paths = args.positionals.length === 0 ? ['-'] : args.positionals;
  if (args.options.has('write') && paths.includes('-'))
    throw new UsageError('the standard input cannot be written', 'name a file or directory');
  const sources = paths.flatMap(path => readSources(path, args.options.get('ignore')));
  const formatted = sources.map(source => format(source, args, output));
  for (const file of formatted) if (file !== undefined) tell(file, args, output);
  if (formatted.includes(undefined)) return 2;
  const failing = args.options.has('check') || args.options.has('fail');
  return failing && formatted.some(file => file?.changed === true) ? 1 : 0;
}

/** Undefined where the text has syntax errors, which have been said. */
function format(source: SourceFile, args: Arguments, output: Output): Formatted | undefined {
  const { text, diagnostics } = formatSource(toPolicyFile(source, rulesVersion(args)));
  complain(diagnostics, output);
  return text === undefined ? undefined : { source, text, changed: text !== source.text };
}

function tell({ source, text, changed }: Formatted, { options }: Arguments, { out }: Output): void {
  const naming = options.has('list') || options.has('check');
  if (naming && changed) out(`${printable(source.path)}\n`);
  if (options.has('diff')) out(unifiedDiff(source.path, source.text, text));
  if (options.has('write') && changed) writeFileSync(source.path, text);
  if (!naming && !options.has('diff') && !options.has('write')) out(text);
}
