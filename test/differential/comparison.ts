import { parseModule } from '../../grammar/index.ts';
import { excludedCode, excludedDifference, excludedText } from './exclusions.ts';
import type { Program } from './generator/program.ts';
import type { OpaServer } from './opa.ts';
import { askOurs } from './ours.ts';
import { difference, type Outcome } from './outcome.ts';

/** Where the two sides part. */
export interface Disagreement {
  readonly what: string;
  readonly path: readonly string[];
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

/** How a comparison ended; `agreed` says on what. */
export type Verdict =
  | { readonly agreed: 'value' | 'rejected' | 'failed' | 'excluded' }
  | { readonly agreed?: undefined; readonly disagreement: Disagreement };

/**
 * Compares what both make of the package; where either fails, rule by rule, because which of several
 * failures comes first is nobody's promise.
 */
export async function compare(opa: OpaServer, program: Program): Promise<Verdict> {
  if (program.modules.some(({ text }) => excludedText(text))) return { agreed: 'excluded' };
  const mine = askOurs(program);
  const rejected = await opa.load(program);
  const whole = ['t'];
  const ours = mine.ask(whole);
  if (rejected !== undefined || ours.kind === 'rejected') {
    const theirs = rejected ?? (await opa.ask(whole, program));
    const what = difference(ours, theirs);
    return what === undefined
      ? { agreed: 'rejected' }
      : { disagreement: { what, path: whole, ours, theirs } };
  }
  if (isExcluded(ours)) return { agreed: 'excluded' };
  const theirs = await opa.ask(whole, program);
  const what = difference(ours, theirs);
  if (what === undefined && ours.kind === 'value') return { agreed: 'value' };
  for (const name of ruleNames(program)) {
    const path = ['t', name];
    const [a, b] = [mine.ask(path), await opa.ask(path, program)];
    if (isExcluded(a)) return { agreed: 'excluded' };
    const inner = difference(a, b);
    if (inner !== undefined && excludedDifference(inner)) return { agreed: 'excluded' };
    if (inner !== undefined) return { disagreement: { what: inner, path, ours: a, theirs: b } };
  }
  if (what !== undefined && ours.kind !== theirs.kind)
    return { disagreement: { what, path: whole, ours, theirs } };
  return { agreed: 'failed' };
}

function isExcluded(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && excludedCode(outcome.code);
}

function ruleNames({ modules }: Program): string[] {
  const { module } = parseModule(modules.at(-1)!.text);
  const rules = module?.items.flatMap(item =>
    item.kind === 'rule' && !item.head.args ? [item.head.ref.name.text] : [],
  );
  return [...new Set(rules)];
}
