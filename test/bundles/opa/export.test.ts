import { describe, expect, it } from 'vitest';
import { Budget, SourceFile } from '../../../src/base/index.ts';
import { exportPolicy } from '../../../src/bundles/opa/index.ts';
import type { Verdict, Violation } from '../../../src/decide/index.ts';
import { compilePlan, Evaluation } from '../../../src/evaluate/index.ts';
import { checkPolicy, planPolicy } from '../../../src/language/index.ts';
import { toInput } from '../../../src/manifests/index.ts';
import {
  fromJson,
  type Json,
  ObjectBuilder,
  type ObjectValue,
  stringify,
  toJson,
} from '../../../src/values/index.ts';
import {
  casesOf,
  folders,
  momentOf,
  type PolicyCase,
  sourceOf,
  submissionOf,
  verdictOn,
} from '../../policies/library.ts';
import { askOpa, hasOpa, opaLibrary, withOpa } from './opa.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Asked {
  readonly each: PolicyCase;
  readonly input: Json;
  readonly data: ObjectValue;
}

interface Answer {
  readonly decision: string;
  readonly violations: readonly Fields[];
}

const exported = folders.map(folder => ({ folder, ...exportPolicy(sourceOf(folder), opaLibrary) }));
const leaving = exported.flatMap(({ folder, policy }) =>
  policy === undefined ? [] : [{ folder, modules: policy.modules }],
);
const staying = exported.filter(({ policy }) => policy === undefined);

function askedOf(folder: string): readonly Asked[] {
  return casesOf(folder).map(each => ({
    each,
    input: toJson(toInput(submissionOf(each))),
    data: sourceOf(folder, each.data).data,
  }));
}

/** What is compared: all that a violation says, places aside; each once. */
function said({ decision, violations }: Answer | Verdict) {
  const fields = (violations as readonly (Fields & Pick<Violation, 'exempted'>)[]).map(each => ({
    ...Object.fromEntries(
      ['rule', 'severity', 'indeterminate', 'image', 'message', 'because', 'expected', 'found', 'title'].map(
        name => [name, each[name]],
      ),
    ),
    exempted: each.exempted?.until ?? null,
  }));
  return { decision, violations: [...new Set(fields.map(each => JSON.stringify(each)))].sort() };
}

function askOurs(modules: (typeof leaving)[number]['modules'], { each, input, data }: Asked): Answer {
  const files = modules.map(({ path, text }) => ({
    source: new SourceFile(path, text),
    dialect: 'rego' as const,
  }));
  const { checked, diagnostics } = checkPolicy(files);
  expect(diagnostics.map(({ source, message }) => `${source.path}: ${message}`)).toEqual([]);
  const evaluation = new Evaluation(compilePlan(planPolicy(checked!)), {
    input: fromJson(input),
    data,
    now: momentOf(each),
    budget: new Budget(),
  });
  return toJson(evaluation.document(['pratique', 'verdict'])!) as unknown as Answer;
}

/** All cases are asked at once; what of their data is no parameter must be the same. */
function askTheirs(modules: (typeof leaving)[number]['modules'], asked: readonly Asked[]): readonly Answer[] {
  const others = asked.map(({ data }) => without(data, 'parameters'));
  expect(new Set(others).size).toBe(1);
  const input = asked.map(({ each, input: document, data }) => ({
    input: document,
    now: String(momentOf(each)),
    ...(data.has('parameters') && { parameters: toJson(data.get('parameters')!) }),
  }));
  const files = [...modules, { path: 'probe.rego', text: probe }, { path: 'data.json', text: others[0]! }];
  return askOpa(files, 'data.probe.answers', input) as readonly Answer[];
}

const probe = `package probe

answers := [answer | some each in input; answer := answered(each)]

answered(each) := answer if {
	each.parameters
	answer := data.pratique.verdict with input as each.input
		with data.parameters as each.parameters
		with time.now_ns as to_number(each.now)
} else := answer if {
	answer := data.pratique.verdict with input as each.input with time.now_ns as to_number(each.now)
}
`;

function without(data: ObjectValue, key: string): string {
  const builder = new ObjectBuilder(data);
  builder.delete(key);
  return stringify(builder.build());
}

it('most policies without evidence can leave, those with it cannot, and say so', () => {
  expect(leaving.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining([
      'tags/disallowed-tags',
      'registries/allowed-registries',
      'digests/require-digest',
    ]),
  );
  expect(staying.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining(['signatures/require-signature', 'sets/production', 'scans/recent-scan']),
  );
  for (const { diagnostics } of staying) {
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message, span } of diagnostics) {
      expect(message).toMatch(
        /cannot be exported: it needs (?:image|signature|attestation|scan|sbom|license)\./u,
      );
      expect(span.end).toBeGreaterThan(span.start);
    }
  }
});

describe.each(leaving)('the export of $folder', ({ folder, modules }) => {
  const asked = askedOf(folder);

  it('decides its cases in this engine as the policy does', async () => {
    for (const each of asked)
      expect([each.each.name, said(askOurs(modules, each))]).toEqual([
        each.each.name,
        said(await verdictOn(folder, each.each)),
      ]);
  });

  it.skipIf(!hasOpa)(`decides its cases in ${withOpa} as the policy does`, async () => {
    const answers = askTheirs(modules, asked);
    expect(answers).toHaveLength(asked.length);
    for (const [i, { each }] of asked.entries())
      expect([each.name, said(answers[i]!)]).toEqual([each.name, said(await verdictOn(folder, each))]);
  });
});
