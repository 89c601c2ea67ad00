import { describe, expect, it } from 'vitest';
import { toReview } from '../../../src/bundles/gatekeeper/index.ts';
import { fromJson, type Json, type JsonObject, toJson } from '../../../src/values/index.ts';
import { messages, pod } from './library.ts';

function admission(request: JsonObject): JsonObject {
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
}

function review(object: Json): Json {
  return toJson(toReview(fromJson(object)).value!.value);
}

const standing = {
  uid: '',
  resource: { group: '', version: '', resource: '' },
  operation: '',
  userInfo: {},
  oldObject: null,
  options: null,
};

describe('a review', () => {
  it('is made for an object', () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
    };
    expect(review(object)).toEqual({
      ...standing,
      kind: { group: 'apps', version: 'v1', kind: 'Deployment' },
      name: 'web',
      namespace: 'shop',
      object,
    });
    expect(review(pod({}))).not.toHaveProperty('name');
    expect(review(pod({}))).not.toHaveProperty('namespace');
  });

  it('is the request of an AdmissionReview', () => {
    const request = {
      uid: 'u1',
      operation: 'UPDATE',
      userInfo: { username: 'ann', groups: ['dev'] },
      object: pod({ name: 'new' }),
      oldObject: pod({ name: 'old' }),
    };
    expect(review(admission(request))).toEqual({
      ...standing,
      kind: { group: '', version: '', kind: '' },
      ...request,
    });
  });

  it('of a deletion has the old object as its object', () => {
    const found = review(admission({ operation: 'DELETE', oldObject: pod() }));
    expect(found).toMatchObject({ object: pod(), oldObject: pod() });
  });

  it('is matched by its object or its old object', () => {
    const spec = { match: { labelSelector: { matchLabels: { app: 'web' } } } };
    const request = { object: pod({ name: 'new' }), oldObject: pod({ name: 'old', labels: { app: 'web' } }) };
    expect(messages({ spec, object: admission(request) })).toEqual(['new is denied']);
    expect(messages({ spec, object: admission({ object: pod() }) })).toEqual([]);
  });

  it.each<[Json, string]>([
    [[], 'this is no object'],
    [{ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }, 'the AdmissionReview has no request'],
    [admission({}), 'the request has neither an object nor an oldObject'],
    [admission({ operation: 'DELETE', object: pod() }), 'a DELETE request must have an oldObject'],
    [admission({ object: { metadata: {} } }), 'the object of a request must be an object with a kind'],
    [admission({ object: pod(), opration: 'CREATE' }), 'unknown in a request: opration'],
  ])('cannot be made of %j', (object, problem) => {
    expect(toReview(fromJson(object)).problems).toEqual([problem]);
  });
});
