import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/images/index.ts';
import { readSubmission, toInput } from '../../src/manifests/index.ts';
import { toJson } from '../../src/values/index.ts';

const manifests = '../shared/corpus/manifests';
const reviews = '../shared/corpus/admission/admission-reviews';

interface Field {
  readonly document: number;
  readonly path: string;
  readonly image: string;
}

interface Expected extends Field {
  readonly section: string;
  readonly container?: string;
  readonly owner: { readonly apiVersion: string; readonly kind: string; readonly name: string | null };
}

interface Oracle {
  readonly documents: number;
  readonly images: readonly Expected[];
  readonly other_image_fields?: readonly Field[];
}

const sections: Readonly<Record<string, string>> = {
  containers: 'container',
  initContainers: 'init',
  ephemeralContainers: 'ephemeral',
  volumes: 'volume',
};

function pointer(field: Field): string {
  return `/${field.document}/${field.path.replace(/\[(\d+)\]/gu, '.$1').replaceAll('.', '/')}`;
}

function readFile(file: string) {
  return readSubmission({ files: [{ name: basename(file), text: readFileSync(file, 'utf8') }] });
}

/** What the oracle says of an image, and what was read, in the same shape. The owner of a review is the review. */
function expected(field: Expected) {
  const { kind, name } = field.owner;
  return {
    path: pointer(field),
    ref: field.image,
    type: sections[field.section],
    container: field.container ?? undefined,
    object: kind === 'AdmissionReview' ? undefined : { kind, name: name ?? undefined },
  };
}

function found(image: Image) {
  const isReviewed = image.path?.includes('/request/object/');
  return {
    path: image.path,
    ref: image.ref,
    type: image.container_type,
    container: image.container,
    object: isReviewed ? undefined : { kind: image.object?.kind, name: image.object?.name },
  };
}

describe.skipIf(!existsSync(manifests))('manifests of real projects (needs ../shared)', () => {
  const oracles = globSync(`${manifests}/**/*.images.json`).sort();

  it('are there', () => {
    expect(oracles.length).toBeGreaterThan(100);
  });

  it.each(oracles)('%s', name => {
    const oracle = JSON.parse(readFileSync(name, 'utf8')) as Oracle;
    const file = name.replace(/\.images\.json$/u, '');
    const submission = readFile(file);
    expect(submission.problems).toEqual([]);

    const paths = new Set(oracle.images.map(pointer));
    const listed = submission.images.filter(image => paths.has(image.path!));
    expect(listed.map(found)).toEqual(oracle.images.map(expected));

    const others = new Set((oracle.other_image_fields ?? []).map(pointer));
    const invented = submission.images.filter(image => !paths.has(image.path!) && !others.has(image.path!));
    expect(invented).toEqual([]);

    const lines = readFileSync(file, 'utf8').split('\n');
    for (const image of submission.images) expect(lines[image.line! - 1]).toContain(image.ref);
  });

  it.each(oracles)('%s: no image field is dropped in silence', name => {
    const oracle = JSON.parse(readFileSync(name, 'utf8')) as Oracle;
    const submission = readFile(name.replace(/\.images\.json$/u, ''));
    const told = new Set([...submission.images, ...submission.unchecked].map(place => place.path));
    const silent = (oracle.other_image_fields ?? []).map(pointer).filter(path => !told.has(path));
    expect(silent.filter(path => !/^\/\d+\/status\/|\/rbd\/image$/u.test(path))).toEqual([]);
  });
});

interface Review {
  readonly file: string;
  readonly kind?: string;
  readonly operation?: string | null;
  readonly object_kind?: string | null;
  /** Null where there is no object to find any in. */
  readonly images: readonly { readonly image: string }[] | null;
}

describe.skipIf(!existsSync(reviews))('admission reviews of real clusters (needs ../shared)', () => {
  const index = JSON.parse(readFileSync(join(reviews, 'index.json'), 'utf8')) as readonly Review[];
  const present = index.filter(
    review => review.kind === 'AdmissionReview' && existsSync(join(reviews, '..', review.file)),
  );

  it('are there', () => {
    expect(present.length).toBeGreaterThan(20);
  });

  it.each(present.map(review => [review.file, review] as const))('%s', (file, review) => {
    const submission = readFile(join(reviews, '..', file));
    expect(submission.problems).toHaveLength(review.images === null ? 1 : 0);
    const expectedRefs = (review.images ?? []).map(image => image.image).sort();
    expect(submission.images.map(image => image.ref).sort()).toEqual(expectedRefs);
    if (review.images === null) return;
    const input = toJson(toInput(submission)) as { request: { operation: string }; review: unknown };
    expect(input.request.operation).toBe(review.operation);
    expect(input.review).toEqual(input.request);
  });
});
