import type { Term } from '../../../grammar/index.ts';
import { compilePatterns, compileTagPatterns, type PatternProblem } from '../../images/index.ts';
import { isArray, isObject, isSet, typeName, type Value } from '../../values/index.ts';
import { Builder } from './build.ts';
import { constantOf } from './constant.ts';
import type { Lowering } from './lowering.ts';
import { defineParameter, type Parameter } from './parameter.ts';

/** Patterns of images, of tags, or names that are compared as they are. */
export type PatternKind = 'image' | 'tag' | 'name';

/** The patterns of a statement, however many terms give them. */
export interface PatternList {
  /** Where `$image` is in scope: a string, array or set; of names always an array. */
  readonly list: Term;
  /** Those terms that are to be evaluated. */
  readonly parameters: readonly Parameter[];
  /** As the author wrote them: `latest, data.acme.tags`. */
  readonly text: string;
  /** The patterns themselves as one text where `$image` is in scope: `latest, *-dev`. */
  readonly shown: Term;
  readonly constant: boolean;
}

/** Patterns that a message shows. */
const SHOWN = 20;

/** One pattern, or a list of them, as a term of the statement gives it. */
interface Part {
  readonly term: Term;
  readonly constant: Value | undefined;
}

/**
 * Puts the patterns of a statement together into one value that is made once, so that its compiled
 * form is found again for each image. Reports patterns that are written out and are none.
 */
export function patternList(
  lowering: Lowering,
  part: string,
  terms: readonly Term[],
  kind: PatternKind,
): PatternList {
  const parts = terms.map(written => {
    const term = kind === 'tag' ? withTagTests(written) : written;
    return { term, constant: constantOf(term) };
  });
  for (const [i, { constant }] of parts.entries())
    if (constant !== undefined) reportProblems(lowering, terms[i]!, constant, kind);
  const text = terms.map((term, i) => shown(parts[i]!.constant) ?? lowering.textOf(term)).join(', ');
  if (parts.every(({ constant }) => constant !== undefined)) {
    const at = new Builder(terms[0]!.span);
    const list = lowering.define(part, { value: at.array(parts.flatMap(elementsOf)) }, at);
    return { list: at.var(list), parameters: [], text, shown: at.string(text), constant: true };
  }
  const list =
    parts.length === 1 && kind !== 'name' ? single(lowering, part, parts[0]!) : joined(lowering, part, parts);
  return { ...list, text, shown: defineShown(lowering, part, list.list, text), constant: false };
}

function single(lowering: Lowering, part: string, { term }: Part) {
  const parameter = defineParameter(lowering, part, term);
  return { list: parameter.term, parameters: [parameter] };
}

/** The first of the patterns as text; what the author wrote where they are no list. */
function defineShown(lowering: Lowering, part: string, list: Term, text: string): Term {
  const { at } = lowering;
  const pattern = at.call('sprintf', at.string('%v'), at.array([at.var('$pattern')]));
  const listed = at.call(lowering.use('listed'), list);
  const all = at.collect(pattern, at.someIn('$pattern', listed));
  const first = at.call('array.slice', all, at.number(0), at.number(SHOWN));
  const perImage = list.kind === 'call';
  const name = lowering.define(`${part}_shown`, {
    ...(perImage && { args: ['$image'] }),
    value: at.var('$shown'),
    literals: [
      at.assign('$shown', at.call('concat', at.string(', '), first)),
      at.test(at.var('$shown'), '!=', at.string('')),
    ],
    else: [
      { value: at.string('an empty list'), literals: [at.test(all, '==', at.array([]))] },
      { value: at.string(text), literals: [] },
    ],
  });
  return perImage ? at.call(name, at.var('$image')) : at.var(name);
}

/** The parts one after another; undefined as soon as one of them is undefined or no list. */
function joined(lowering: Lowering, part: string, parts: readonly Part[]) {
  const parameters: Parameter[] = [];
  const arrays = parts.map((each, i): Term => {
    const at = new Builder(each.term.span);
    if (each.constant !== undefined) return at.array(elementsOf(each));
    const parameter = defineParameter(lowering, `${part}_${i + 1}`, each.term);
    parameters.push(parameter);
    return at.call(lowering.use('listed'), parameter.term);
  });
  const { at } = lowering;
  const value = arrays.reduce((left, right) => at.call('array.concat', left, right));
  const perImage = parameters.some(({ term }) => term.kind === 'call');
  const name = lowering.define(part, { ...(perImage && { args: ['$image'] }), value });
  return { list: perImage ? at.call(name, at.var('$image')) : at.var(name), parameters };
}

/** `semver(…)` and `regex(…)` as the objects that stand for them. */
function withTagTests(term: Term): Term {
  if (term.kind === 'array') return { ...term, items: term.items.map(withTagTests) };
  if (term.kind === 'set') return { ...term, items: term.items.map(withTagTests) };
  if (term.kind !== 'call' || term.function.kind !== 'var' || term.args.length !== 1) return term;
  const { name } = term.function;
  if (name !== 'semver' && name !== 'regex') return term;
  return new Builder(term.span).object({ [name]: term.args[0]! });
}

function elementsOf({ term, constant }: Part): readonly Term[] {
  const isList = (isArray(constant!) || isSet(constant!)) && (term.kind === 'array' || term.kind === 'set');
  return isList ? term.items : [term];
}

function reportProblems(lowering: Lowering, term: Term, constant: Value, kind: PatternKind): void {
  const values = listed(constant);
  const odd = values.find(value => typeof value !== 'string' && !(kind === 'tag' && isObject(value)));
  if (odd !== undefined) {
    lowering.report(term.span, `expected a string, found ${typeName(odd)}`);
    return;
  }
  for (const { index, message } of problemsOf(values, kind)) {
    const isList = term.kind === 'array' || term.kind === 'set';
    lowering.report((isList ? (term.items[index] ?? term) : term).span, message);
  }
}

function problemsOf(values: readonly Value[], kind: PatternKind): readonly PatternProblem[] {
  if (kind === 'tag') return compileTagPatterns(values).problems;
  return kind === 'name' ? [] : compilePatterns(values.filter(value => typeof value === 'string')).problems;
}

function shown(constant: Value | undefined): string | undefined {
  if (constant === undefined) return undefined;
  return listed(constant).map(patternText).join(', ');
}

function patternText(value: Value): string {
  if (!isObject(value)) return String(value);
  const [kind] = value.keys();
  return `${String(kind)}(${JSON.stringify(value.get(kind!))})`;
}

function listed(value: Value): readonly Value[] {
  if (isSet(value)) return value.items();
  return isArray(value) ? value : [value];
}
