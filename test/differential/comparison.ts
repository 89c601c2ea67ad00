import { parseModule } from '../../grammar/index.ts';
import { excludedCode, excludedDifference } from './exclusions.ts';
import type { Program } from './generator/program.ts';
import type { OpaServer } from './opa.ts';
import { type Asked, askOurs } from './ours.ts';
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
  const verdict = await compared(opa, program);
  return verdict.agreed === undefined && isPassedOver(program, verdict.disagreement.what)
    ? { agreed: 'excluded' }
    : verdict;
}

async function compared(opa: OpaServer, program: Program): Promise<Verdict> {
  if (ruleNames(program).includes('_')) return { agreed: 'excluded' };
  const mine = askOurs(program);
  const rejected = await opa.load(program);
  const whole = ['t'];
  const ours = mine.ask(whole, program.strict);
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
  const byRule = await rulesCompared(opa, program, mine);
  const failed = ours.kind === 'failed' && theirs.kind === 'failed';
  if (byRule.agreed !== 'failed' || what === undefined || failed) return byRule;
  return { disagreement: { what, path: whole, ours, theirs } };
}

/** What is passed over under strict errors must agree without them. */
async function rulesCompared(opa: OpaServer, program: Program, mine: Asked): Promise<Verdict> {
  let passedOver = false;
  for (const name of ruleNames(program)) {
    let { ours, theirs, what } = await ruleCompared(opa, program, mine, name);
    if (program.strict && what !== undefined && isPassedOver(program, what)) {
      passedOver = true;
      ({ ours, theirs, what } = await ruleCompared(opa, { ...program, strict: false }, mine, name));
    }
    if (isExcluded(ours)) return { agreed: 'excluded' };
    if (what === undefined) continue;
    if (!isPassedOver(program, what)) return { disagreement: { what, path: ['t', name], ours, theirs } };
    return { agreed: 'excluded' };
  }
  return { agreed: passedOver ? 'value' : 'failed' };
}

async function ruleCompared(opa: OpaServer, program: Program, mine: Asked, name: string) {
  const path = ['t', name];
  const ours = mine.ask(path, program.strict);
  const theirs = await opa.ask(path, program);
  return { ours, theirs, what: difference(ours, theirs) };
}

function isPassedOver({ modules }: Program, what: string): boolean {
  return excludedDifference(
    what,
    modules.map(({ text }) => text),
  );
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
