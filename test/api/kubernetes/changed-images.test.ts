import { describe, expect, it } from 'vitest';
import { changedImages } from '../../../src/api/kubernetes/changed-images.ts';
import { readSubmission } from '../../../src/manifests/index.ts';
import { fromJson, type JsonObject, type ObjectValue } from '../../../src/values/index.ts';

interface Container {
  readonly name?: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
}

function pod(containers: readonly Container[], more: JsonObject = {}): JsonObject {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    spec: { containers: containers.map(each => ({ ...each })), ...more },
  };
}

/** The references that have changed from one object to the other. */
function changed(oldObject: JsonObject | null, object: JsonObject, operation = 'UPDATE'): readonly string[] {
  const review = fromJson({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { uid: 'u1', operation, object, oldObject },
  }) as ObjectValue;
  const extractors = [{ kinds: ['Tool'], paths: ['spec.runs'], container_type: 'field' as const }];
  const { images } = readSubmission({ review }, { extractors });
  return changedImages(review, images, extractors).map(({ ref }) => ref);
}

const web = { name: 'web', image: 'a:1' };
const job = { name: 'job', image: 'b:1' };

describe('images of an update', () => {
  it('have not changed where they only moved in their list', () => {
    expect(changed(pod([web, job]), pod([job, web]))).toEqual([]);
    expect(changed(pod([web]), pod([job, web]))).toEqual(['b:1']);
  });

  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['another reference', pod([web]), pod([{ ...web, image: 'a:2' }]), ['a:2']],
    ['a renamed container', pod([web]), pod([{ ...web, name: 'other' }]), ['a:1']],
    [
      'swapped images',
      pod([web, job]),
      pod([
        { ...web, image: 'b:1' },
        { ...job, image: 'a:1' },
      ]),
      ['b:1', 'a:1'],
    ],
    ['a container of another type', pod([web]), pod([], { initContainers: [web] }), ['a:1']],
    ['a further container of that name', pod([web]), pod([web, { ...web }]), ['a:1', 'a:1']],
    ['another pull policy', pod([web]), pod([{ ...web, imagePullPolicy: 'Never' }]), ['a:1']],
    ['other pull secrets', pod([web]), pod([web], { imagePullSecrets: [{ name: 'theirs' }] }), ['a:1']],
    [
      'another template of the same object',
      { kind: 'JobSet', apiVersion: 'x/v1', spec: { head: pod([web]), worker: pod([job]) } },
      { kind: 'JobSet', apiVersion: 'x/v1', spec: { head: pod([job]), worker: pod([web]) } },
      ['b:1', 'a:1'],
    ],
    [
      'another entry of a list',
      { kind: 'List', apiVersion: 'v1', items: [pod([web]), pod([job])] },
      { kind: 'List', apiVersion: 'v1', items: [pod([web]), pod([web])] },
      ['a:1'],
    ],
    [
      'a name that reads like an index',
      pod([{ image: 'a:1' }, job]),
      pod([job, { name: '0', image: 'a:1' }]),
      ['a:1'],
    ],
  ])('have changed with %s', (_, before, after, refs) => {
    expect(changed(before, after)).toEqual(refs);
  });

  it('are looked for where the policy says', () => {
    const tool = (runs: string): JsonObject => ({ kind: 'Tool', apiVersion: 'x/v1', spec: { runs } });
    expect(changed(tool('a:1'), tool('a:1'))).toEqual([]);
    expect(changed(tool('a:1'), tool('a:2'))).toEqual(['a:2']);
  });

  it('have all changed where nothing is known of before, or it is no update', () => {
    expect(changed(null, pod([web]))).toEqual(['a:1']);
    expect(changed(pod([web]), pod([web]), 'CREATE')).toEqual(['a:1']);
  });
});
