import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from '../../base/index.ts';
import { readProgram } from '../../bundles/index.ts';
import { loadTests, TestRun } from '../../bundles/testing/index.ts';
import type { Command, Output } from '../command.ts';
import { kindOf, prefixOf } from '../files.ts';
import { type Arguments, type Option, single } from '../options.ts';
import { type NewRule, ruleFiles } from '../scaffold.ts';
import { UsageError } from '../usage-error.ts';

const options: readonly Option[] = [
  { name: 'dir', value: 'DIR', help: 'where the folder is made; policies if not given' },
];

export const newCommand: Command = {
  name: 'new',
  summary: 'Makes the folder of a new rule.',
  usage: 'rule [options] NAME',
  options,
  notes: [
    'NAME is in lower case with hyphens, perhaps below a category: no-latest, tags/no-latest. The folder has a policy,',
    'tests that pass, cases and a page, to be changed. Nothing is written where there is something of that name.',
    '',
    'Exit code: 0 made, 2 nothing was written.',
  ].join('\n'),
  run,
};

/** A word, or a word below another. */
const namePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?$/u;

/** Characters; the names of files stay below what file systems take. */
const nameLength = 100;

/** What policies are given stands there. */
const reserved = 'parameters';

async function run(args: Arguments, { out }: Output): Promise<number> {
  const rule = readRule(args.positionals);
  const directory = single(args, 'dir') ?? 'policies';
  if (kindOf(directory) === 'file') throw new UsageError(`${directory} is a file`, 'name a directory');
  const folder = prefixOf(directory) + rule.path;
  if (kindOf(folder) !== undefined)
    throw new UsageError(`there is already something at ${folder}`, 'nothing was written; take another name');
  const files = ruleFiles(rule);
  writeFolder(folder, files);
  out([...files.map(({ path }) => `made ${folder}/${path}`), '', ...nextSteps(folder), ''].join('\n'));
  return 0;
}

function readRule([what, name, ...more]: readonly string[]): NewRule {
  if (what !== 'rule') {
    const near = closest(what ?? '', ['rule']);
    throw new UsageError('say what is to be made: pratique new rule NAME', near && `did you mean ${near}?`);
  }
  if (name === undefined) throw new UsageError('a rule needs a name', 'pratique new rule no-latest');
  if (more.length > 0) throw new UsageError(`there is more than one name: ${more.join(' ')}`);
  if (name.length > nameLength || !namePattern.test(name))
    throw new UsageError(
      `${JSON.stringify(name)} is no name for a rule`,
      'write lower-case letters, digits and single hyphens: no-latest, or tags/no-latest',
    );
  const rule = { path: name, package: name.replaceAll('-', '_').split('/') };
  if (rule.package[0] === reserved || !canBePackage(rule))
    throw new UsageError(`${name} is a word that has a meaning in policies`, 'take another name');
  return rule;
}

/** Keywords cannot, nor can names by which the tests would find something else than the rule: they have to pass. */
function canBePackage(rule: NewRule): boolean {
  const files = ruleFiles(rule).filter(({ path }) => /\.(?:policy|rego)$/u.test(path));
  const { suite } = loadTests(readProgram([{ prefix: '', files }]));
  if (suite === undefined) return false;
  return [...new TestRun(suite, { now: 0n, clock: () => 0 }).results()].every(
    ({ outcome }) => outcome === 'pass',
  );
}

function writeFolder(folder: string, files: ReturnType<typeof ruleFiles>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, text } of files) writeFileSync(join(folder, path), text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`cannot write ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function nextSteps(folder: string): readonly string[] {
  return [
    'next',
    `  pratique test ${folder}                           runs its tests, which pass`,
    `  pratique eval --policy ${folder} deployment.yaml  decides by it`,
    '  change the policy, then tests, cases and page',
  ];
}
