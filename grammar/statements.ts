import type { Clause, Noun, Span, Statement, SyntaxProblem, Verb } from './ast.ts';
import { nearest } from './nearest.ts';

export type ClauseWord = Clause['word'];

/** What may be said of a noun, and what must be. */
interface Form {
  readonly verbs: readonly Verb[];
  /** How many arguments it has, at least and at most. */
  readonly args: readonly [least: number, most: number];
  readonly counted?: true;
  readonly clauses: readonly ClauseWord[];
  readonly required: readonly ClauseWord[];
}

const judging = ['allow', 'deny', 'warn'] as const;
const demanding = ['require', 'prefer'] as const;
const scope = ['for', 'if', 'unless', 'where', 'because'] as const;
const none = [0, 0] as const;
const any = [0, Number.POSITIVE_INFINITY] as const;
const some = [1, Number.POSITIVE_INFINITY] as const;
const one = [1, 1] as const;

/** Every noun with the verbs, arguments and clauses that fit it; the source is docs/language.md. */
// biome-ignore format: a table
export const forms: Readonly<Record<Noun, Form>> = {
  registry:    { verbs: judging,   args: some, clauses: scope, required: [] },
  tag:         { verbs: judging,   args: some, clauses: scope, required: [] },
  base:        { verbs: judging,   args: some, clauses: scope, required: [] },
  digest:      { verbs: demanding, args: none, clauses: scope, required: [] },
  signature:   { verbs: demanding, args: none, clauses: ['by', ...scope], required: ['by'], counted: true },
  attestation: { verbs: demanding, args: one,  clauses: ['by', 'within', ...scope], required: ['by'], counted: true },
  scan:        { verbs: demanding, args: none, clauses: ['below', 'within', 'by', ...scope], required: [] },
  sbom:        { verbs: demanding, args: none, clauses: ['by', 'within', ...scope], required: [] },
  pull_secret: { verbs: demanding, args: any,  clauses: scope, required: [] },
  image:       { verbs: ['deny', 'warn', ...demanding], args: none, clauses: scope, required: ['where'] },
};

const exemption: Form = {
  verbs: ['exempt'],
  args: some,
  clauses: ['from', 'until', 'because', 'if', 'unless'],
  required: ['from', 'until', 'because'],
};

export const verbs: ReadonlySet<string> = new Set<Verb>([...judging, ...demanding, 'exempt']);
export const termClauseWords: ReadonlySet<string> = new Set(['by', 'below', 'within', 'until', 'because']);
export const listClauseWords: ReadonlySet<string> = new Set(['for', 'from']);
export const bodyClauseWords: ReadonlySet<string> = new Set(['if', 'unless', 'where']);
export const clauseWords: ReadonlySet<string> = new Set([
  ...termClauseWords,
  ...listClauseWords,
  ...bodyClauseWords,
]);

/** The noun that a word is, in the singular; undefined where it is none. */
export function nounOf(word: string): Noun | undefined {
  const singular = word === 'signatures' || word === 'attestations' ? word.slice(0, -1) : word;
  return Object.hasOwn(forms, singular) ? (singular as Noun) : undefined;
}

type Report = (problem: SyntaxProblem) => void;

/** Reports a word that is not one of those that can stand in its place. */
export function reportWord(
  what: string,
  word: string,
  span: Span,
  known: Iterable<string>,
  report: Report,
): void {
  const words = [...known];
  const near = nearest(word, words);
  report({
    span,
    message: `\`${word}\` is not a ${what}: there are ${words.join(', ')}`,
    ...(near !== undefined && { hint: `did you mean \`${near}\`?` }),
  });
}

/** Reports every argument and clause that does not fit the noun, and every one that is missing. */
export function checkStatement(statement: Statement, report: Report): void {
  const { verb, noun, verbSpan, nounSpan } = statement;
  const form = noun === undefined ? exemption : forms[noun];
  const name = noun ?? verb;
  const span = nounSpan ?? verbSpan;
  if (!form.verbs.includes(verb))
    report({
      span: verbSpan,
      message: `\`${verb}\` cannot be said of \`${name}\`: \`${form.verbs.join('`, `')}\` can`,
    });
  if (statement.count && !form.counted)
    report({
      span: statement.count.span,
      message: `\`${name}\` cannot be counted: signatures and attestations can`,
    });
  else if (statement.count && !/^[1-9][0-9]{0,2}$/.test(statement.count.text))
    report({ span: statement.count.span, message: 'a count is a whole number from 1 to 999' });
  checkArguments(statement, form.args, name, span, report);
  checkClauses(statement, form, name, span, report);
}

function checkArguments(
  { args }: Statement,
  [least, most]: Form['args'],
  name: string,
  span: Span,
  report: Report,
): void {
  if (args.length < least)
    report({ span, message: `\`${name}\` is followed by ${most === 1 ? 'one argument' : 'an argument'}` });
  const surplus = args[most];
  if (surplus)
    report({
      span: surplus.span,
      message: most === 0 ? `\`${name}\` has no arguments` : `\`${name}\` has only one argument`,
    });
}

function checkClauses({ clauses }: Statement, form: Form, name: string, span: Span, report: Report): void {
  const seen = new Set<ClauseWord>();
  for (const { word, wordSpan } of clauses) {
    if (!form.clauses.includes(word))
      report({
        span: wordSpan,
        message: `\`${word}\` does not fit \`${name}\`: \`${form.clauses.join('`, `')}\` do`,
      });
    else if (seen.has(word))
      report({ span: wordSpan, message: `\`${word}\` stands twice in this statement` });
    seen.add(word);
  }
  for (const word of form.required)
    if (!seen.has(word))
      report({ span, message: `\`${name}\` needs \`${word}\``, hint: required[word] ?? '' });
}

/** What a missing clause would look like. */
const required: Readonly<Partial<Record<ClauseWord, string>>> = {
  by: 'say who must have signed: `by keys.release`',
  where: 'say which images: `where { image.registry == "docker.io" }`',
  from: 'name the rules that it lifts: `from deny_tag`',
  until: 'say when it ends: `until "2027-01-31"`',
  because: 'say why: `because "OPS-212"`',
};
