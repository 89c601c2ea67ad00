import { basename } from 'node:path';
import { closest, limits, SourceFile } from '../../base/index.ts';
import {
  countResults,
  type FindFile,
  formatSuites,
  isSuiteFile,
  type SuiteFormat,
  SuiteRunner,
  suiteFormats,
} from '../../bundles/gatekeeper/index.ts';
import type { Command, Output } from '../command.ts';
import { kindOf, prefixOf, readDirectory, readText } from '../files.ts';
import { type Arguments, type Option, single } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const options: readonly Option[] = [
  { name: 'format', short: 'f', value: 'FORMAT', help: `${suiteFormats.join(', ')}; text if not given` },
];

export const gatekeeperCommand: Command = {
  name: 'gatekeeper',
  summary: 'Runs suites of Gatekeeper templates and constraints.',
  usage: '[options] SUITE|DIR...',
  options,
  notes: [
    'A suite is a YAML file of the kind Suite (test.gatekeeper.sh), as gator verify reads it; of a DIR all are run,',
    'those of directories inside it too. Templates are judged by their Rego.',
    '',
    'Exit code: 0 all cases pass, 1 a case fails, 2 a suite, template, constraint or object cannot be used.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  const format = readFormat(single(args, 'format'));
  if (args.positionals.length === 0) throw new UsageError('no suite is given', 'name a suite or a directory');
  const runner = new SuiteRunner(findFile, { now: BigInt(Date.now()) * 1_000_000n });
  const paths = args.positionals.flatMap(suitePaths);
  const results = [...new Set(paths)].map(path => runner.run(path));
  output.out(formatSuites(results, format, output.paintOut));
  const { failed, error } = countResults(results);
  if (error > 0) return 2;
  return failed > 0 ? 1 : 0;
}

/** A directory is always read to its depth, which `gator` asks for with a final `/...`. */
function suitePaths(given: string): readonly string[] {
  const path = given.replace(/(?<=.)\/\.{3}$/u, '');
  switch (kindOf(path)) {
    case 'file':
      return [path];
    case 'directory':
      return suitesBelow(path);
    default:
      throw new UsageError(`there is no file or directory ${JSON.stringify(path)}`);
  }
}

function suitesBelow(directory: string): readonly string[] {
  const files = readDirectory(directory, name => /\.ya?ml$/u.test(basename(name)), limits.bodyBytes);
  const suites = files.filter(({ path, text }) => isSuiteFile(new SourceFile(path, text)));
  if (suites.length === 0)
    throw new UsageError(`there is no suite in ${directory}`, 'a suite is a YAML file of the kind Suite');
  return suites.map(({ path }) => prefixOf(directory) + path);
}

const findFile: FindFile = path =>
  kindOf(path) === 'file' ? new SourceFile(path, readText(path, limits.bodyBytes)) : undefined;

function readFormat(name = 'text'): SuiteFormat {
  const format = suiteFormats.find(each => each === name);
  if (format !== undefined) return format;
  const near = closest(name, suiteFormats);
  const hint = near === undefined ? `formats are ${suiteFormats.join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`unknown format ${JSON.stringify(name)}`, hint);
}
