import { existsSync, globSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { imagePatch } from '../../src/api/kubernetes/image-patch.ts';
import { Budget } from '../../src/base/index.ts';
import { applyPatches } from '../../src/builtins/json-patch.ts';
import { decide, loadPolicy, type Verdict } from '../../src/decide/index.ts';
import type { Pinning } from '../../src/evidence/index.ts';
import { readSubmission, type Submission } from '../../src/manifests/index.ts';
import { fromJson, isArray, type Json, type JsonObject, toJson, type Value } from '../../src/values/index.ts';
import { sourceOf } from '../policies/library.ts';

const corpus = '../shared/corpus';
const digest = `sha256:${'d'.repeat(64)}`;
const policies = ['tags/disallowed-tags', 'tags/pull-policy', 'sets/production'].map(
  folder => loadPolicy(sourceOf(folder)).policy!,
);

/** The objects that a file has, those of lists and of reviews one by one, as the API server would ask about them. */
function objectsIn(file: string): readonly JsonObject[] {
  try {
    return loadAll(readFileSync(file, 'utf8')).flatMap(each => apart(each as Json));
  } catch {
    return [];
  }
}

function apart(json: Json): readonly JsonObject[] {
  if (!isRecord(json)) return [];
  const { items, request, kind } = json;
  if (Array.isArray(items)) return items.flatMap((item: Json) => apart(item));
  if (kind === 'AdmissionReview') return isRecord(request) ? apart(request['object'] ?? null) : [];
  return typeof kind === 'string' && typeof json['apiVersion'] === 'string' ? [json] : [];
}

function isRecord(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function reviewed(object: Json): Submission {
  const request = { uid: 'u1', operation: 'CREATE', object };
  const review = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
  return readSubmission({ review: fromJson(review) });
}

function verdictOn(submission: Submission): Promise<Verdict> {
  return decide(policies, submission, { asOf: 0n, decisionId: 'test', clock: () => 0 });
}

/** What does not say where the object stands in what was sent. */
function essence({ decision, images, violations, unchecked, errors }: Verdict): unknown {
  return {
    decision,
    images: images.map(({ ref, decision: own }) => [ref, own]),
    violations: violations.map(({ rule, severity, image, message }) => [rule, severity, image, message]),
    unchecked: unchecked.map(({ kind, value, reason }) => [kind, value, reason]),
    errors: errors.length,
  };
}

const pinned = (ref: string): Pinning => ({
  status: 'pinned',
  ref: ref.includes('@') ? ref : `${ref}@${digest}`,
});

function patchesOf({ images }: Submission): readonly Value[] {
  const patch = imagePatch(images, new Map(images.map(({ ref }) => [ref, pinned(ref)])));
  const value = fromJson(patch);
  return isArray(value) ? value : [];
}

const files = existsSync(corpus)
  ? globSync(`${corpus}/{manifests,admission}/**/*.{yaml,yml,json}`).sort()
  : [];
const objects = files.flatMap(file => objectsIn(file));

describe.skipIf(files.length === 0)('objects of others (needs ../shared)', () => {
  it('are there', () => {
    expect(objects.length).toBeGreaterThan(500);
  });

  it('have the same verdict from a webhook as from the API', async () => {
    for (const object of objects) {
      const [asked, sent] = [reviewed(object), readSubmission({ manifests: fromJson(object) })];
      if (asked.problems.length > 0 || sent.problems.length > 0)
        expect(asked.problems.length > 0, JSON.stringify(object)).toBe(sent.problems.length > 0);
      else expect(essence(await verdictOn(asked))).toEqual(essence(await verdictOn(sent)));
    }
  });

  it('are pinned by a patch that applies, changes nothing else and is empty the second time', () => {
    let patched = 0;
    for (const object of objects) {
      const before = reviewed(object);
      const patches = patchesOf(before);
      const after = applyPatches(new Budget(), fromJson(object), patches)!;
      const again = reviewed(toJson(after));
      expect(again.images.map(({ ref }) => ref)).toEqual(
        before.images.map(({ ref }) => (pinned(ref) as { ref: string }).ref),
      );
      expect(patchesOf(again)).toEqual([]);
      if (patches.length === 0) expect(toJson(after)).toEqual(object);
      else patched++;
    }
    expect(patched).toBeGreaterThan(100);
  });
});
