import { Halt, limits, printable, SourceFile } from '../../base/index.ts';
import { readProgram } from '../../bundles/index.ts';
import {
  formatAnswers,
  loadQuery,
  type Query,
  type QueryAnswer,
  queryFormats,
} from '../../bundles/query/index.ts';
import { traceText } from '../../bundles/tracing/index.ts';
import type { EvaluationError } from '../../evaluate/index.ts';
import type { Value } from '../../values/index.ts';
import { readCheckOptions, rulesVersion } from '../checking.ts';
import type { Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import { kindOf, readText } from '../files.ts';
import { type Arguments, choice, single } from '../options.ts';
import { readTrees, readValueFile } from '../program.ts';
import { UsageError } from '../usage-error.ts';
import { TRACE_EVENTS } from './trace-events.ts';

const FAILED = 2;

/** Answers a query, and gives the exit code. */
export function answerQuery(args: Arguments, output: Output): number {
  const format = choice(args, 'format', queryFormats);
  const text = queryText(args);
  const input = readInput(args);
  const trees = readTrees(args.options.get('data') ?? [], args.options.get('ignore'));
  const { query, diagnostics } = loadQuery(
    text,
    readProgram(trees, rulesVersion(args)),
    readCheckOptions(args),
  );
  complain(diagnostics, output);
  if (query === undefined) return FAILED;
  const answers = run(query, args, input, output);
  if (answers === undefined) return FAILED;
  output.out(formatAnswers(answers, format));
  if (args.options.has('fail') && answers.length === 0) return 1;
  return args.options.has('fail-defined') && answers.length > 0 ? 1 : 0;
}

/** Undefined where the evaluation ended early, which has been said. */
function run(
  query: Query,
  args: Arguments,
  input: Value | undefined,
  output: Output,
): readonly QueryAnswer[] | undefined {
  const { err, paintErr } = output;
  const explain = args.options.has('explain');
  try {
    const { answers, errors } = query.run({
      now: BigInt(Date.now()) * 1_000_000n,
      strict: args.options.has('strict-builtin-errors'),
      print: line => err(`${line}\n`),
      ...(input !== undefined && { input }),
      ...(explain && { traceEvents: TRACE_EVENTS }),
    });
    for (const error of errors) err(warning(error, output));
    return answers;
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    err(`${paintErr('error', `error[${error.code}]`)}: ${printable(error.message)}\n`);
    return undefined;
  } finally {
    if (explain) {
      const more = { conditions: query.conditions(), paint: paintErr, dropped: query.traceDropped };
      err(`${traceText(query.trace, more)}\n`);
    }
  }
}

function warning({ code, message, file, line, column }: EvaluationError, { paintErr }: Output): string {
  const place = paintErr('place', printable(`${file}:${line}:${column}`));
  return `${place}: ${paintErr('warning', `warning[${code}]`)}: ${printable(message)}; the call is undefined\n`;
}

function queryText(args: Arguments): string {
  const [text, ...others] = args.positionals;
  if (args.options.has('stdin')) {
    if (text !== undefined)
      throw new UsageError('--stdin reads the query, and there is one in the arguments too');
    return readText('-', limits.policyBytes);
  }
  if (text === undefined)
    throw new UsageError('no query is given', 'for instance data.acme.allow; see --help');
  if (others.length > 0)
    throw new UsageError(
      `there are ${args.positionals.length} queries`,
      'put quotes around a query with spaces',
    );
  if (kindOf(text) !== undefined) throw new UsageError('no policy is given', 'add --policy FILE|DIR|NAME');
  return text;
}

function readInput(args: Arguments): Value | undefined {
  const path = args.options.has('stdin-input') ? '-' : single(args, 'input');
  if (path === undefined) return undefined;
  if (path === '-' && args.options.has('stdin')) throw new UsageError('the standard input holds the query');
  return readValueFile(new SourceFile(path === '-' ? 'stdin' : path, readText(path, limits.bodyBytes)));
}
