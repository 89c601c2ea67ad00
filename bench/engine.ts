import { parseModule } from '../grammar/index.ts';
import { SourceFile } from '../src/base/index.ts';
import { decide, loadPlan, loadPolicy, storePlan } from '../src/decide/index.ts';
import { compilePlan, Evaluation } from '../src/evaluate/index.ts';
import { checkPolicy, planPolicy } from '../src/language/index.ts';
import { readSubmission, toInput } from '../src/manifests/index.ts';
import { fromJson, toJson } from '../src/values/index.ts';
import { median, medianAsync, type Row, time, timeRow } from './measure.ts';
import type { Opa } from './opa.ts';
import { imageRef, manifests, regoPolicy, repositories, statementPolicy } from './subjects.ts';

const context = { environment: 'production' };

/** The engine by itself, in Node: from text to decision, beside OPA for what it does too. */
export async function engineRows(opa: Opa | undefined): Promise<readonly Row[]> {
  return [...compileRows(opa), ...evaluateRows(opa), ...(await decideRows())];
}

function compileRows(opa: Opa | undefined): readonly Row[] {
  const long = regoPolicy + Array.from({ length: 100 }, (_, index) => copy(index)).join('');
  return [
    { name: `Rego, ${lines(regoPolicy)} lines`, text: regoPolicy },
    { name: `Rego, ${lines(long)} lines`, text: long },
  ].flatMap(({ name, text }) => {
    const theirs = opa?.compile(text);
    const files = [{ source: new SourceFile('policy.rego', text) }];
    const parse = median(() => parseModule(text, {}));
    const compile = median(() => compilePlan(planPolicy(checkPolicy(files).checked!)));
    const plan = storePlan(loadPolicy({ name: 'bench', files }).policy!);
    return [
      timeRow(`parse: ${name}`, parse, theirs?.parse),
      timeRow(`compile: ${name}`, compile, theirs && theirs.parse + theirs.compile, 'from text to what runs'),
      timeRow(
        `load a stored plan: ${name}`,
        median(() => loadPlan(plan)),
      ),
    ];
  });
}

/** The last rule again, under another name. */
function copy(index: number): string {
  return regoPolicy.slice(regoPolicy.indexOf('\nallowed(image)')).replace('allowed', `allowed_${index}`);
}

function evaluateRows(opa: Opa | undefined): readonly Row[] {
  const { checked } = checkPolicy([{ source: new SourceFile('policy.rego', regoPolicy) }]);
  const policy = compilePlan(planPolicy(checked!));
  const cases = [
    { images: 10, allowed: 10 },
    { images: 1000, allowed: 10 },
    { images: 1000, allowed: 1000 },
  ];
  return cases.map(({ images, allowed }) => {
    const refs = Array.from({ length: images }, (_, index) => imageRef(index));
    const input = toInput(readSubmission({ images: refs, context: fromJson(context) }));
    const documents = { bench_repositories: repositories(allowed) };
    const data = fromJson(documents);
    const evaluate = () => new Evaluation(policy, { input, data, now: 0n }).document(['bench', 'deny']);
    const ours = median(evaluate);
    const theirs = opa?.evaluate(regoPolicy, documents, toJson(input), 'data.bench.deny');
    if (theirs !== undefined && JSON.stringify(theirs.result) !== JSON.stringify(toJson(evaluate()!))) {
      throw new Error(`OPA gives another answer for ${images} images`);
    }
    return timeRow(
      `evaluate Rego: ${images} images, ${allowed} allowed repositories`,
      ours,
      theirs?.milliseconds,
    );
  });
}

async function decideRows(): Promise<readonly Row[]> {
  const text = manifests(400);
  const read = median(() => readSubmission({ manifests: text }), 2000);
  const submission = readSubmission({ manifests: text, context: fromJson(context) });
  const rows: Row[] = [timeRow('read manifests: 400 documents, 1,000 images', read)];
  for (const allowed of [10, 1000, 100_000]) {
    const data = fromJson({ bench_repositories: repositories(allowed) });
    const files = [{ source: new SourceFile('policy.policy', statementPolicy), dialect: 'policy' as const }];
    const { policy } = loadPolicy({ name: 'bench', files, data: data as never });
    const options = { asOf: 0n, decisionId: 'bench', clock: () => performance.now() * 1000 };
    const started = performance.now();
    await decide([policy!], submission, options);
    const first = performance.now() - started;
    const warm = await medianAsync(() => decide([policy!], submission, options), 15);
    const note = `first ${time(first)}, with the patterns compiled`;
    rows.push(
      timeRow(
        `decide by statements: 1,000 images, ${allowed.toLocaleString('en')} patterns`,
        warm,
        undefined,
        note,
      ),
    );
  }
  return rows;
}

function lines(text: string): number {
  return text.trimEnd().split('\n').length;
}
