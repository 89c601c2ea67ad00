import { describe, expect, it } from 'vitest';
import { keyAnswers } from '../../../src/api/kubernetes/key-answers.ts';
import { providerResponse, readProviderRequest } from '../../../src/api/kubernetes/provider.ts';
import type { ImageVerdict, Verdict, Violation } from '../../../src/decide/index.ts';
import type { Json } from '../../../src/values/index.ts';

const v1beta1 = 'externaldata.gatekeeper.sh/v1beta1';

function request(keys: Json, apiVersion = v1beta1): Json {
  return { apiVersion, kind: 'ProviderRequest', request: { keys } };
}

describe('a ProviderRequest', () => {
  it('has its keys, each once and byte for byte', () => {
    const keys = ['nginx', ' nginx', 'nginx', 'NGINX', 'ñ'];
    expect(readProviderRequest(request(keys))).toEqual({
      apiVersion: v1beta1,
      keys: ['nginx', ' nginx', 'NGINX', 'ñ'],
    });
  });

  it.each([[[]], [null]])('may ask nothing: %j', keys => {
    expect(readProviderRequest(request(keys))).toMatchObject({ keys: [] });
  });

  it('may be v1alpha1', () => {
    const version = 'externaldata.gatekeeper.sh/v1alpha1';
    expect(readProviderRequest(request(['a'], version))).toMatchObject({ apiVersion: version });
  });

  it.each<[Json, string]>([
    [request('nginx'), 'request.keys'],
    [request([7]), 'request.keys.0'],
    [request(['a'], 'v1'), 'apiVersion'],
    [{ apiVersion: v1beta1, kind: 'ProviderRequest' }, 'request'],
    [[], 'the body'],
    [null, 'the body'],
  ])('is none: %j', (json, place) => {
    expect(readProviderRequest(json)).toContain(`this is no ProviderRequest: ${place}: `);
  });

  it('has no more keys than are answered in time', () => {
    const keys = Array.from({ length: 1_001 }, (_, i) => `nginx:${i}`);
    expect(readProviderRequest(request(keys))).toBe(
      '1001 keys were asked at once; at most 1000 are answered',
    );
  });
});

describe('a ProviderResponse', () => {
  it('is idempotent and a 200, whatever went wrong', async () => {
    const response = providerResponse({ items: [], systemError: 'too slow' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      apiVersion: v1beta1,
      kind: 'ProviderResponse',
      response: { idempotent: true, items: [], systemError: 'too slow' },
    });
  });
});

const denied: Violation = {
  rule: 'acme.deny_tag',
  severity: 'error',
  indeterminate: false,
  message: 'tag "latest" is denied',
  because: 'it moves',
  exempted: null,
};

function image(ref: string, fields: Partial<ImageVerdict> = {}): ImageVerdict {
  return { ref, name: ref, decision: 'allow', locations: [], violations: [], evidence: [], ...fields };
}

function verdict(images: readonly ImageVerdict[], fields: Partial<Verdict> = {}): Verdict {
  return {
    decision_id: '01',
    decision: 'deny',
    as_of: '2026-12-01T00:00:00Z',
    policy: [],
    summary: { images: 0, allowed: 0, denied: 0, indeterminate: 0, warnings: 0, exempted: 0 },
    images,
    violations: images.flatMap(({ ref, violations }) => violations.map(each => ({ ...each, image: ref }))),
    unchecked: [],
    errors: [],
    cost: { rules: 0, steps: 0, rounds: 1, evaluate_us: 0 },
    ...fields,
  };
}

describe('answers to keys', () => {
  it('say what was decided, and why', () => {
    const images = [image('a'), image('b', { decision: 'deny', violations: [denied] })];
    expect(keyAnswers(['b', 'a'], verdict(images))).toEqual({
      items: [
        {
          key: 'b',
          value: {
            allowed: false,
            decision: 'deny',
            message: 'tag "latest" is denied (it moves) [acme.deny_tag]',
            violations: [{ rule: 'acme.deny_tag', severity: 'error', message: 'tag "latest" is denied' }],
            digest: null,
            decision_id: '01',
          },
        },
        {
          key: 'a',
          value: {
            allowed: true,
            decision: 'allow',
            message: '',
            violations: [],
            digest: null,
            decision_id: '01',
          },
        },
      ],
    });
  });

  it('are an error of the key where it is no reference, and leave the others as they are', () => {
    const invalid: ImageVerdict = {
      ref: 'A:',
      decision: 'deny',
      locations: [],
      violations: [{ ...denied, message: 'invalid reference' }],
      evidence: [],
    };
    const { items, systemError } = keyAnswers(['A:', 'a'], verdict([invalid, image('a')]));
    expect(items[0]).toEqual({ key: 'A:', error: 'invalid reference' });
    expect(items[1]).toMatchObject({ key: 'a', value: { allowed: true } });
    expect(systemError).toBeUndefined();
  });

  it('are not to be remembered where evidence could not be had', () => {
    const open = { ...denied, indeterminate: true, message: 'ghcr.io timed out' };
    const images = [image('a', { decision: 'indeterminate', violations: [open] }), image('b')];
    const { items, systemError } = keyAnswers(['a', 'b'], verdict(images));
    expect(systemError).toBe('a: ghcr.io timed out (it moves) [acme.deny_tag]');
    expect(items[0]).toMatchObject({ value: { allowed: false, decision: 'indeterminate' } });
  });

  it('are not to be remembered where evidence that belongs to no image could not be had', () => {
    const open = { ...denied, indeterminate: true, message: 'the list timed out' };
    const images = [image('a', { decision: 'indeterminate' })];
    const { systemError } = keyAnswers(['a'], verdict(images, { violations: [open] }));
    expect(systemError).toBe('a: the list timed out (it moves) [acme.deny_tag]');
  });

  it('count what belongs to no image', () => {
    const images = [image('a', { decision: 'deny' })];
    const { items } = keyAnswers(['a'], verdict(images, { violations: [denied] }));
    expect(items[0]).toMatchObject({
      value: { allowed: false, message: 'tag "latest" is denied (it moves) [acme.deny_tag]' },
    });
  });

  it('are missing for no key in silence', () => {
    expect(keyAnswers(['a'], verdict([]))).toEqual({ items: [], systemError: 'a: no verdict was reached' });
  });

  it('leave out what an exemption lifts', () => {
    const exempted = {
      ...denied,
      exempted: { until: '2027', because: 'x', source: { file: '', line: 1, column: 1 } },
    };
    const { items } = keyAnswers(['a'], verdict([image('a', { violations: [exempted] })]));
    expect(items[0]).toMatchObject({ value: { allowed: true, message: '', violations: [] } });
  });
});
