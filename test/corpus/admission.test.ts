import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readAdmissionReview } from '../../src/api/kubernetes/admission-review.ts';
import { readProviderRequest } from '../../src/api/kubernetes/provider.ts';
import type { Json } from '../../src/values/index.ts';

const corpus = '../shared/corpus/admission';

interface Entry {
  readonly file: string;
  readonly uid: string | null;
  readonly operation: string | null;
}

const entries: readonly Entry[] = existsSync(corpus)
  ? (JSON.parse(readFileSync(`${corpus}/admission-reviews/index.json`, 'utf8')) as Entry[]).filter(
      ({ file }) => existsSync(`${corpus}/${file}`),
    )
  : [];

describe.skipIf(!existsSync(corpus))('admission reviews of others (needs ../shared)', () => {
  it.each(entries)('$file', ({ file, uid, operation }) => {
    const read = readAdmissionReview(load(readFileSync(`${corpus}/${file}`, 'utf8')) as Json);
    if (uid && operation) expect(read).toMatchObject({ request: { uid, operation } });
    else expect(read).toContain('this is no AdmissionReview');
  });
});

describe.skipIf(!existsSync(corpus))('requests of external data of others (needs ../shared)', () => {
  const read = (file: string) => JSON.parse(readFileSync(`${corpus}/external-data/${file}`, 'utf8'));

  it('are read as Gatekeeper makes them', () => {
    const { tests } = read('frameworks/provider-request-vectors.json').TestNewProviderRequest;
    for (const { args, want } of tests) {
      const keys = Array.isArray(args.keys) ? args.keys : [];
      const { APIVersion: apiVersion, Kind: kind } = want;
      expect(readProviderRequest({ apiVersion, kind, request: { keys } })).toEqual({ apiVersion, keys });
    }
  });
});
