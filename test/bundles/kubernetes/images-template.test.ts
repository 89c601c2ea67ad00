import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../../src/base/index.ts';
import { imagesRego } from '../../../src/bundles/kubernetes/index.ts';
import { compilePlan, Evaluation } from '../../../src/evaluate/index.ts';
import { checkPolicy, planPolicy } from '../../../src/language/index.ts';
import { fromJson, type Json, toJson } from '../../../src/values/index.ts';

const pod = { spec: { containers: [{ name: 'web', image: 'nginx:1.29' }] } };

/** `external_data` is Gatekeeper's own: here it answers what `data.answer` holds. */
const rego = imagesRego.replace('external_data(', 'answered(').concat('\nanswered(_) = data.answer\n');

function messages(answer: Json | undefined, object: Json = pod, parameters: Json = { provider: 'p' }) {
  return messagesOf(answer, { operation: 'CREATE', object }, parameters);
}

function messagesOf(answer: Json | undefined, review: Json, parameters: Json) {
  const { checked, diagnostics } = checkPolicy([
    { source: new SourceFile('template.rego', rego), version: 'v0', dialect: 'rego' },
  ]);
  expect(diagnostics).toEqual([]);
  const evaluation = new Evaluation(compilePlan(planPolicy(checked!)), {
    input: fromJson({ review, parameters }),
    data: fromJson(answer === undefined ? {} : { answer }),
    now: 0n,
  });
  const violations = toJson(evaluation.document(['pratiqueimages', 'violation'])!) as { msg: string }[];
  return violations.map(({ msg }) => msg);
}

function answerOf(responses: Json, errors: Json = [], system_error: Json = '', status_code: Json = 200) {
  return { responses, errors, system_error, status_code };
}

describe('the template of Gatekeeper', () => {
  it('lets in what was allowed by that very key', () => {
    expect(messages(answerOf([['nginx:1.29', { allowed: true }]]))).toEqual([]);
  });

  it('lets in what was remembered, with status code 0', () => {
    expect(messages(answerOf([['nginx:1.29', { allowed: true }]], [], '', 0))).toEqual([]);
  });

  it.each<[string, Json | undefined, string]>([
    ['no answer at all', undefined, 'the provider gave no verdict'],
    ['null', null, 'the provider gave no verdict'],
    ['an empty object, as a 4xx body decodes', {}, 'the provider gave no verdict'],
    ['empty lists', answerOf([]), 'the provider gave no verdict'],
    ['a failure on the side of Gatekeeper', answerOf(null, null, 'timed out', 500), 'timed out'],
    [
      'a failure that names the address, of which a token is part',
      answerOf(
        null,
        null,
        'failed: Post "https://pratique.acme.io/gatekeeper/validate/pqt_secret": refused',
        500,
      ),
      'failed: Post "the provider": refused',
    ],
    ['an error of the key', answerOf([], [['nginx:1.29', 'no reference']]), 'no reference'],
    [
      'a system error beside an allow of another',
      answerOf([['redis', { allowed: true }]], [], 'down'),
      'down',
    ],
    ['another key', answerOf([['nginx', { allowed: true }]]), 'the provider gave no verdict'],
    ['a value that is no object', answerOf([['nginx:1.29', 'valid']]), 'the provider gave no verdict'],
    ['a null value', answerOf([['nginx:1.29', null]]), 'the provider gave no verdict'],
    ['allowed as a text', answerOf([['nginx:1.29', { allowed: 'true', message: 'm' }]]), 'm'],
    ['a denial', answerOf([['nginx:1.29', { allowed: false, message: 'tag' }]]), 'tag'],
  ])('denies on %s', (_, answer, reason) => {
    expect(messages(answer)).toEqual([`nginx:1.29: ${reason}`]);
  });

  it('denies where the constraint names no provider', () => {
    expect(messages(answerOf([['nginx:1.29', { allowed: true }]]), pod, {})).toHaveLength(1);
  });

  it.each<[string, Json]>([
    ['init containers', { spec: { initContainers: [{ image: 'x' }] } }],
    ['ephemeral containers', { spec: { ephemeralContainers: [{ image: 'x' }] } }],
    ['image volumes', { spec: { volumes: [{ image: { reference: 'x' } }] } }],
    ['workloads', { spec: { template: { spec: { containers: [{ image: 'x' }] } } } }],
    [
      'cron jobs',
      { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ image: 'x' }] } } } } } },
    ],
    ['pod templates', { template: { spec: { containers: [{ image: 'x' }] } } }],
  ])('looks at %s', (_, object) => {
    expect(messages(answerOf([]), object)).toEqual(['x: the provider gave no verdict']);
  });

  it('looks at what an audit finds, which has no operation', () => {
    expect(messagesOf(answerOf([]), { object: pod }, { provider: 'p' })).toHaveLength(1);
  });

  it('has nothing against a deletion', () => {
    expect(messagesOf(answerOf([]), { operation: 'DELETE', object: pod }, { provider: 'p' })).toEqual([]);
  });

  it('denies an image that is no text', () => {
    expect(messages(answerOf([]), { spec: { containers: [{ image: 7 }] } })).toHaveLength(1);
  });
});
