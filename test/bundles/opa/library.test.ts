import { describe, expect, it } from 'vitest';
import { parseModule } from '../../../grammar/index.ts';
import { Budget, limits, SourceFile } from '../../../src/base/index.ts';
import { helperFunctions } from '../../../src/bundles/opa/host-calls.ts';
import { compilePlan, Evaluation } from '../../../src/evaluate/index.ts';
import { compilePatterns, compileTagPatterns, imageValue, toImage } from '../../../src/images/index.ts';
import { checkPolicy, planPolicy, printModule } from '../../../src/language/index.ts';
import { fromJson, type Json, ObjectValue, toJson } from '../../../src/values/index.ts';
import { askOpa, hasOpa, opaLibrary, withOpa } from './opa.ts';
import { patterns, refs, tags, terms } from './operands.ts';

const cases = { refs, patterns, terms, tags };

const probe = `package probe

import data.pratique.opa.image
import data.pratique.opa.pattern
import data.pratique.opa.tag

parsed[ref] := image.parse(ref) if some ref in input.refs

patterns contains text if {
	some text in input.patterns
	pattern.forms(text)
}

matches[text] contains ref if {
	some text in input.patterns
	some ref in input.refs
	image.matches(ref, text)
}

terms contains term if {
	some term in input.terms
	tag.is_term(term)
}

let_in[i] contains text if {
	some i, term in input.terms
	some text in input.tags
	image.tag_matches(concat(":", ["x", text]), term)
}

kept_out[i] contains text if {
	some i, term in input.terms
	some text in input.tags
	image.tag_excluded(concat(":", ["x", text]), term)
}
`;

/** What the functions of this project say of the same. */
function expected() {
  const images = refs.map(ref => toImage(ref)).filter(image => image.invalid === undefined);
  const isPattern = (text: string) => compilePatterns([text]).problems.length === 0;
  const isTerm = (term: Json) => compileTagPatterns([fromJson(term)]).problems.length === 0;
  const inTerm = (term: Json, use: 'let-in' | 'keep-out') => {
    const { matcher } = compileTagPatterns([fromJson(term)], undefined, use);
    return tags.filter(
      text => toImage(`x:${text}`).invalid === undefined && matcher.match(text) !== undefined,
    );
  };
  const byTerm = (use: 'let-in' | 'keep-out') =>
    Object.fromEntries(
      terms.map((term, i) => [i, inTerm(term, use).sort()] as const).filter(([, found]) => found.length > 0),
    );
  return {
    parsed: Object.fromEntries(images.map(image => [image.ref, toJson(imageValue(image))])),
    patterns: [...new Set(patterns.filter(isPattern))].sort(),
    matches: Object.fromEntries(
      patterns.filter(isPattern).flatMap(text => {
        const { matcher } = compilePatterns([text]);
        const found = images.filter(image => matcher.match(image) !== undefined).map(({ ref }) => ref);
        return found.length === 0 ? [] : [[text, [...new Set(found)].sort()]];
      }),
    ),
    terms: terms.filter(isTerm).length,
    let_in: byTerm('let-in'),
    kept_out: byTerm('keep-out'),
  };
}

interface Answers {
  readonly parsed: Readonly<Record<string, Json>>;
  readonly patterns: readonly string[];
  readonly matches: Readonly<Record<string, readonly string[]>>;
  readonly terms: readonly Json[];
  readonly let_in: Readonly<Record<string, readonly string[]>>;
  readonly kept_out: Readonly<Record<string, readonly string[]>>;
}

function askOurs(): Answers {
  const files = [...opaLibrary, { path: 'probe.rego', text: probe }].map(({ path, text }) => ({
    source: new SourceFile(path, text),
    dialect: 'rego' as const,
  }));
  const { checked, diagnostics } = checkPolicy(files);
  expect(diagnostics.map(({ source, message }) => `${source.path}: ${message}`)).toEqual([]);
  const evaluation = new Evaluation(compilePlan(planPolicy(checked!)), {
    input: fromJson(cases),
    data: ObjectValue.empty,
    now: 0n,
    budget: new Budget({ ...limits, steps: 1_000_000_000 }),
  });
  return toJson(evaluation.document(['probe'])!) as unknown as Answers;
}

function askTheirs(): Answers {
  return askOpa([...opaLibrary, { path: 'probe.rego', text: probe }], 'data.probe', cases) as Answers;
}

it.each(opaLibrary)('$path is formatted', ({ text }) => {
  const { module } = parseModule(text, { version: 'v1', dialect: 'rego' });
  expect(printModule(module!, text)).toBe(text);
});

it('has every function that calls are led to', () => {
  const { text } = opaLibrary.find(({ path }) => path === 'image.rego')!;
  for (const name of helperFunctions)
    expect(text).toMatch(new RegExp(`^${name.slice('image.'.length)}\\(`, 'mu'));
});

describe.each([
  { engine: 'this engine', ask: askOurs, runs: true },
  { engine: withOpa, ask: askTheirs, runs: hasOpa },
])('the library of exported policies, in $engine', ({ ask, runs }) => {
  it.skipIf(!runs)('says of references, patterns and tags what the functions do that it stands for', () => {
    const answers = ask();
    const wanted = expected();
    expect(answers.parsed).toEqual(wanted.parsed);
    expect([...answers.patterns].sort()).toEqual(wanted.patterns);
    for (const [text, found] of Object.entries(wanted.matches))
      expect([text, [...(answers.matches[text] ?? [])].sort()]).toEqual([text, found]);
    expect(Object.keys(answers.matches).sort()).toEqual(Object.keys(wanted.matches).sort());
    for (const name of ['let_in', 'kept_out'] as const)
      for (const [i, term] of terms.entries())
        expect([name, term, [...(answers[name][i] ?? [])].sort()]).toEqual([
          name,
          term,
          wanted[name][i] ?? [],
        ]);
    expect(answers.terms.length).toBe(wanted.terms);
  });
});
