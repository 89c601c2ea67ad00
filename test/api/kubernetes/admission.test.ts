import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { admissionResponse, readAdmissionReview } from '../../../src/api/kubernetes/admission-review.ts';
import { imagePatch } from '../../../src/api/kubernetes/image-patch.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';

const review = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { uid: 'u1', operation: 'CREATE', object: { kind: 'Pod' } },
};

describe('an AdmissionReview', () => {
  it.each(['admission.k8s.io/v1', 'admission.k8s.io/v1beta1'])('is read as %s', apiVersion => {
    expect(readAdmissionReview({ ...review, apiVersion })).toMatchObject({ apiVersion });
  });

  it.each<[Json, string]>([
    [null, 'the body'],
    [{ ...review, request: null }, 'request'],
    [{ ...review, request: { operation: 'CREATE' } }, 'request.uid'],
    [{ ...review, request: { uid: '', operation: 'CREATE' } }, 'request.uid'],
    [{ ...review, request: { uid: 'u', operation: 'PATCH' } }, 'request.operation'],
    [{ ...review, kind: 'Pod' }, 'kind'],
    [{ ...review, apiVersion: 'admission.k8s.io/v2' }, 'apiVersion'],
  ])('is none: %j', (json, place) => {
    expect(readAdmissionReview(json)).toContain(`this is no AdmissionReview: ${place}: `);
  });
});

async function answered(answer: Parameters<typeof admissionResponse>[1]): Promise<JsonObject> {
  const json = (await admissionResponse('u1', answer).json()) as { response: JsonObject };
  return json.response;
}

describe('the answer to one', () => {
  it('says why not', async () => {
    expect(await answered({ allowed: false, message: 'no' })).toEqual({
      uid: 'u1',
      allowed: false,
      status: { code: 403, message: 'no', reason: 'Forbidden' },
    });
  });

  it('has warnings of 120 characters and 4,000 in all, each once', async () => {
    const long = Array.from({ length: 60 }, (_, i) => `${i} ${'ä'.repeat(200)}`);
    const { warnings } = (await answered({ allowed: true, warnings: ['a\nb', 'a b', ...long] })) as {
      warnings: string[];
    };
    expect(warnings[0]).toBe('a b');
    expect(Math.max(...warnings.map(warning => [...warning].length))).toBe(120);
    expect(warnings.join('').length).toBeLessThanOrEqual(4_000);
    expect(warnings.at(-1)).toBe('there are more warnings');
  });

  it('shows control characters as what they are: terminals obey them, and the API server drops such warnings', async () => {
    const { warnings, status } = await answered({
      allowed: false,
      message: 'a\u001b[2J\nb',
      warnings: ['c\u0000d\u007f'],
    });
    expect(status).toMatchObject({ message: 'a␛[2J\nb' });
    expect(warnings).toEqual(['c␀d␡']);
  });

  it('has a patch with its type, and none where it denies', async () => {
    const patch = [{ op: 'replace', path: '/spec/x', value: 'ñ' }];
    const answer = await answered({ allowed: true, patch });
    expect(answer['patchType']).toBe('JSONPatch');
    expect(JSON.parse(Buffer.from(String(answer['patch']), 'base64').toString())).toEqual(patch);
    expect(await answered({ allowed: false, patch })).not.toHaveProperty('patch');
  });
});

describe('a patch', () => {
  it('puts digests behind tags, and leaves what is pinned', () => {
    const pinnings = new Map([
      ['a:1', { status: 'pinned', ref: 'a:1@sha256:x' }],
      ['b@sha256:y', { status: 'pinned', ref: 'b@sha256:y' }],
      ['c', { status: 'unavailable', reason: 'down' }],
    ] as const);
    const images = ['a:1', 'b@sha256:y', 'c'].map((ref, i) => ({
      ref,
      path: `/0/request/object/spec/containers/${i}/image`,
    }));
    expect(imagePatch(images, pinnings)).toEqual([
      { op: 'test', path: '/spec/containers/0/image', value: 'a:1' },
      { op: 'replace', path: '/spec/containers/0/image', value: 'a:1@sha256:x' },
    ]);
  });
});
