import { RE2JS } from 're2js';
import { limits } from '../../base/index.ts';
import { readProgram } from '../../bundles/index.ts';
import {
  type Coverage,
  coverageText,
  coverageToJson,
  loadTests,
  summaryText,
  type TestResult,
  TestRun,
  type TestSuite,
  testsToJson,
  testsToJunit,
  testText,
} from '../../bundles/testing/index.ts';
import { functionOptions, readCheckOptions, rulesVersion, versionOptions } from '../checking.ts';
import type { Command, Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import { type Arguments, choice, type Option, percentage, positiveInteger, single } from '../options.ts';
import { readTrees } from '../program.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['text', 'json', 'junit'] as const;

const options: readonly Option[] = [
  {
    name: 'run',
    short: 'r',
    value: 'REGEX',
    help: 'run only tests whose data.PACKAGE.NAME matches; RE2 syntax',
  },
  { name: 'format', short: 'f', value: 'FORMAT', help: `${formats.join(', ')}; text if not given` },
  { name: 'verbose', short: 'v', help: 'show the tests that pass too' },
  { name: 'coverage', short: 'c', help: 'say which lines the tests reach; not with --format junit' },
  { name: 'threshold', value: 'PERCENT', help: 'fail where less than this is covered; means --coverage' },
  { name: 'fail-fast', help: 'stop at the first test that does not pass' },
  { name: 'fail-on-empty', help: 'fail where there is no test to run' },
  { name: 'data', short: 'd', value: 'FILE|DIR', help: 'further rules or data; repeatable' },
  { name: 'ignore', value: 'PATTERN', help: 'files and directories to pass over; repeatable' },
  { name: 'max-steps', value: 'N', help: `evaluation steps for each test; ${limits.steps} if not given` },
  { name: 'strict-builtin-errors', help: 'a built-in function that fails is an error of its test' },
  ...versionOptions,
  ...functionOptions,
];

export const testCommand: Command = {
  name: 'test',
  summary: 'Runs the tests of policies.',
  usage: '[options] FILE|DIR...',
  options,
  notes: [
    'A test is a rule whose name begins with test_; todo_test_ is skipped. Rules of one name are run one by one.',
    'A test such as test_prices[name] makes an object: each of its keys is a case, and passes where it is true.',
    'All files are one program. JSON and YAML files are data at the path of their directory.',
    '',
    'Exit code: 0 all passed, 1 a test did not, 2 nothing could be run.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  const format = choice(args, 'format', formats);
  const threshold = percentage(args, 'threshold');
  const covering = args.options.has('coverage') || threshold !== undefined;
  if (covering && format === 'junit') throw new UsageError('--coverage has no JUnit format');
  const suite = readSuite(args, output);
  if (suite === undefined) return 2;
  const run = testRun(args, suite, covering);
  const results = runAll(run, args, output, format === 'text');
  const coverage = covering ? run.coverage() : undefined;
  report(results, coverage, format, output);
  const passed = results.every(({ outcome }) => outcome === 'pass' || outcome === 'skip');
  if (results.length === 0 && args.options.has('fail-on-empty')) return 1;
  return passed && reaches(coverage, threshold, output) ? 0 : 1;
}

/** Undefined where the program has errors, which have been said. */
function readSuite(args: Arguments, output: Output): TestSuite | undefined {
  if (args.positionals.length === 0) throw new UsageError('no tests are given', 'name a file or directory');
  const paths = [...args.positionals, ...(args.options.get('data') ?? [])];
  const trees = readTrees(paths, args.options.get('ignore'));
  const { suite, diagnostics } = loadTests(readProgram(trees, rulesVersion(args)), readCheckOptions(args));
  complain(diagnostics, output);
  return suite;
}

function testRun(args: Arguments, suite: TestSuite, coverage: boolean): TestRun {
  const steps = positiveInteger(args, 'max-steps');
  const wanted = matcher(single(args, 'run'));
  return new TestRun(suite, {
    now: BigInt(Date.now()) * 1_000_000n,
    clock: () => performance.now(),
    strict: args.options.has('strict-builtin-errors'),
    coverage,
    ...(wanted !== undefined && { wanted }),
    ...(steps !== undefined && { budget: { ...limits, steps } }),
  });
}

function runAll(
  run: TestRun,
  args: Arguments,
  { out, paintOut }: Output,
  telling: boolean,
): readonly TestResult[] {
  const results: TestResult[] = [];
  for (const result of run.results()) {
    results.push(result);
    const passed = result.outcome === 'pass';
    if (telling && (!passed || args.options.has('verbose'))) out(testText(result, paintOut));
    if (!passed && result.outcome !== 'skip' && args.options.has('fail-fast')) break;
  }
  return results;
}

function report(
  results: readonly TestResult[],
  coverage: Coverage | undefined,
  format: (typeof formats)[number],
  { out, paintOut }: Output,
): void {
  if (format === 'junit') out(testsToJunit(results));
  else if (format === 'json') {
    const failed = results.some(({ outcome }) => outcome === 'fail' || outcome === 'error');
    const body = coverage === undefined || failed ? testsToJson(results) : coverageToJson(coverage);
    out(`${JSON.stringify(body, null, 2)}\n`);
  } else {
    if (coverage !== undefined) out(`${coverageText(coverage, paintOut)}\n`);
    out(summaryText(results, paintOut));
  }
}

function reaches(coverage: Coverage | undefined, threshold: number | undefined, { err }: Output): boolean {
  if (coverage === undefined || threshold === undefined || coverage.coverage >= threshold) return true;
  err(`coverage is ${coverage.coverage.toFixed(2)}%, less than ${threshold}%\n`);
  return false;
}

function matcher(pattern: string | undefined): ((name: string) => boolean) | undefined {
  if (pattern === undefined) return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    return name => compiled.matcher(name).find();
  } catch {
    throw new UsageError(`--run ${JSON.stringify(pattern)} is no regular expression`);
  }
}
