import { describe, expect, it } from 'vitest';
import {
  checkPolicy,
  compilePlan,
  decide,
  Evaluation,
  formatVerdict,
  fromJson,
  loadPolicy,
  parseModule,
  planPolicy,
  readSubmission,
  renderDiagnostics,
  SourceFile,
  toJson,
} from '../src/index.ts';

describe('the library', () => {
  it('goes from text to a document, step by step', () => {
    const source = new SourceFile(
      'a.rego',
      'package a\n\nnames contains image.ref if some image in input.images',
    );
    expect(parseModule(source.text, { version: 'v1', dialect: 'rego' }).problems).toEqual([]);
    const { checked, diagnostics } = checkPolicy([{ source }]);
    expect(diagnostics).toEqual([]);
    const policy = compilePlan(JSON.parse(JSON.stringify(planPolicy(checked!))));
    const input = fromJson({ images: [{ ref: 'nginx' }] });
    const evaluation = new Evaluation(policy, { input, now: 0n });
    expect(toJson(evaluation.document(['a', 'names'])!)).toEqual(['nginx']);
    expect(evaluation.document(['a', 'nothing'])).toBeUndefined();
  });

  it('goes from policy and manifest to a verdict', async () => {
    const files = [{ source: new SourceFile('a.policy', 'package a\ndeny tag "latest"') }];
    const { policy } = loadPolicy({ name: 'a', files });
    const verdict = await decide([policy!], readSubmission({ images: ['nginx'] }), {
      asOf: 0n,
      decisionId: '1',
      clock: () => 0,
    });
    expect(formatVerdict(verdict, 'text').body).toMatch(/^DENY {2}1 image/u);
  });

  it('says what is wrong with a policy', () => {
    const { policy, diagnostics } = loadPolicy({
      name: 'a',
      files: [{ source: new SourceFile('a.rego', 'package a\nx := y') }],
    });
    expect(policy).toBeUndefined();
    expect(renderDiagnostics(diagnostics)).toContain('a.rego:2:6: error[rego_unsafe_var_error]');
  });
});
