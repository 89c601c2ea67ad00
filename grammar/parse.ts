import type { Body, Dialect, Module, RegoVersion, SyntaxProblem, Term } from './ast.ts';
import { tokenize } from './lexer.ts';
import { RegoParser } from './parser.ts';

export interface ParseOptions {
  /** `v1` where not said. */
  readonly version?: RegoVersion;
  /** `rego` where not said. */
  readonly dialect?: Dialect;
}

/** Built with the first text, then kept: it holds nothing of a text between two calls but what `begin` replaces. */
let parser: RegoParser | undefined;

/**
 * The module of a text, or undefined and every syntax problem found in it, in the order of the text.
 * Never throws. Accepts what OPA 1.x accepts, `future.keywords.and`, `or` and `not` apart.
 */
export function parseModule(
  text: string,
  options: ParseOptions = {},
): { module: Module | undefined; problems: readonly SyntaxProblem[] } {
  const version = options.version ?? 'v1';
  const { comments, result, problems } = run(text, options, each => each.module());
  if (problems.length > 0 || result?.package === undefined) return { module: undefined, problems };
  const module: Module = {
    kind: 'module',
    span: { start: 0, end: text.length },
    version,
    package: result.package,
    imports: result.imports,
    items: result.items,
    comments,
  };
  return { module, problems };
}

/** The conditions of a query, separated by `;` or line breaks, or undefined and its syntax problems. Never throws. */
export function parseQuery(
  text: string,
  options: Pick<ParseOptions, 'version'> = {},
): { body: Body | undefined; problems: readonly SyntaxProblem[] } {
  const { result, problems } = run(text, options, each => each.query());
  return { body: problems.length === 0 ? result : undefined, problems };
}

/** The one term of a text, or undefined and its syntax problems. Never throws. */
export function parseTerm(text: string): { term: Term | undefined; problems: readonly SyntaxProblem[] } {
  const { result, problems } = run(text, {}, each => each.value());
  return { term: problems.length === 0 ? result : undefined, problems };
}

interface Run<T> {
  readonly comments: Module['comments'];
  readonly result: T | undefined;
  readonly problems: readonly SyntaxProblem[];
}

function run<T>(
  text: string,
  { version = 'v1', dialect = 'rego' }: ParseOptions,
  produce: (parser: RegoParser) => T,
): Run<T> {
  const { tokens, comments, problems, strict, shallow } = tokenize(text, version);
  if (!shallow) return { comments, result: undefined, problems };
  parser ??= new RegoParser();
  parser.begin(tokens, { text, version, dialect, strict, problems: [...problems] });
  try {
    const result = produce(parser);
    return { comments, result, problems: inOrder(problems, parser.takeProblems(), text) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const span = { start: 0, end: Math.min(text.length, 1) };
    return { comments, result: undefined, problems: [{ span, message: 'this text is nested too deeply' }] };
  }
}

/**
 * By place. Of several at one place the first stays, which is the cause of the others; and nothing that
 * the parser met on a line after a character that the lexer could not read.
 */
function inOrder(
  lexical: readonly SyntaxProblem[],
  all: readonly SyntaxProblem[],
  text: string,
): readonly SyntaxProblem[] {
  const own = new Set(lexical);
  const sorted = all.toSorted((left, right) => left.span.start - right.span.start);
  const kept: SyntaxProblem[] = [];
  let quietUntil = -1;
  for (const problem of sorted) {
    const { start } = problem.span;
    if (!own.has(problem) && (start <= quietUntil || start === kept.at(-1)?.span.start)) continue;
    kept.push(problem);
    if (own.has(problem) && start > quietUntil) {
      const lineEnd = text.indexOf('\n', problem.span.end);
      quietUntil = lineEnd === -1 ? text.length : lineEnd;
    }
  }
  return kept;
}
