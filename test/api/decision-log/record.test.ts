import { describe, expect, it } from 'vitest';
import { MaskedPlaces, maskPointers } from '../../../src/api/decision-log/masking.ts';
import { toOpaEvent } from '../../../src/api/decision-log/opa-event.ts';
import { toRecord, type VerdictEntry } from '../../../src/api/decision-log/record.ts';
import { sha256, type Verdict } from '../../../src/decide/index.ts';
import { readSubmission, type SubmissionParts, toInput } from '../../../src/manifests/index.ts';
import { cutText, defaultSettings, newUlid } from '../../../src/store/index.ts';
import { fromJson, type Json, stringify, toJson } from '../../../src/values/index.ts';
import { entryOf, imageOf, verdictOf } from './entries.ts';

interface Body {
  readonly verdict: Record<string, unknown>;
  readonly evidence: readonly unknown[];
  readonly input?: Record<string, unknown>;
  readonly masked: readonly string[];
}

function bodyOf(fields: Partial<VerdictEntry>): Body {
  return JSON.parse(toRecord(entryOf('acme', fields)).body) as Body;
}

function of(parts: SubmissionParts, fields: Partial<VerdictEntry> = {}): Body {
  return bodyOf({ submission: readSubmission(parts), ...fields });
}

function manifest(object: object): SubmissionParts {
  return { files: [{ name: 'a.json', text: JSON.stringify(object) }] };
}

const pod = (fields: object, metadata: object = {}) =>
  manifest({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', ...metadata },
    spec: { containers: [{ name: 'web', image: 'nginx', ...fields }] },
  });

describe('the record of a decision', () => {
  it('has the verdict, the input, its digest, and what it is found by', () => {
    const submission = readSubmission({ images: ['nginx'] });
    const verdict = verdictOf({ images: [imageOf('nginx')] });
    const record = toRecord(entryOf('acme', { submission, verdict }));
    const inputDigest = `sha256:${sha256(stringify(toInput(submission)))}`;
    expect(record).toMatchObject({ org: 'acme', id: verdict.decision_id, inputDigest, decision: 'deny' });
    expect(record.expiresAt).toBe(record.at + 90 * 86_400_000);
    expect(Math.abs(record.at - Date.now())).toBeLessThan(60_000);
    expect(record.images).toEqual(['nginx', 'docker.io/library/nginx:latest', 'docker.io/library/nginx']);
    const body = JSON.parse(record.body) as Body;
    expect(body.verdict).toEqual(JSON.parse(JSON.stringify(verdict)));
    expect(body.input).toMatchObject({ images: [{ ref: 'nginx' }] });
    expect(body.masked).toEqual([]);
  });

  it('has the exemptions that lifted something', () => {
    const exempted = { until: '', because: '', id: '01E' };
    const violation = { rule: 'a.deny', severity: 'error', indeterminate: false, message: '' } as const;
    const violations = [
      { ...violation, exempted },
      { ...violation, exempted },
      { ...violation, exempted: null },
    ];
    expect(toRecord(entryOf('acme', { verdict: verdictOf({ violations }) })).exemptions).toEqual(['01E']);
  });

  it('has the digests of the evidence, not the documents', () => {
    const content = fromJson({ secret: 'report' });
    const stored = { type: 'report', digest: 'sha256:1', subject: 'sha256:2' };
    const body = bodyOf({ sent: [{ type: 'report', content }], stored: [stored] });
    expect(body.evidence).toEqual([
      { type: 'report', digest: `sha256:${sha256('{"secret":"report"}')}` },
      stored,
    ]);
  });

  it('has the digest of the input alone where the organisation says so', () => {
    const settings = { ...defaultSettings, logInput: 'digest' as const };
    expect(of({ images: ['nginx'] }, { settings })).not.toHaveProperty('input');
  });
});

describe('never kept is', () => {
  const secret = 'hunter2';

  it.each([
    ['a variable of a container', pod({ env: [{ name: 'PASSWORD', value: secret }] })],
    [
      'the copy that kubectl keeps',
      pod({}, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"x":"${secret}"}` } }),
    ],
    [
      'what is in a Secret',
      manifest({ apiVersion: 'v1', kind: 'Secret', data: { a: secret }, stringData: { b: secret } }),
    ],
    ['a variable of a service', { compose: `services: {web: {image: nginx, environment: {A: ${secret}}}}` }],
    ['one in a list', { compose: `services: {web: {image: nginx, environment: ["A=${secret}"]}}` }],
    [
      'an argument of a build',
      { compose: `services: {web: {build: {context: ., args: {A: ${secret}}}, image: nginx}}` },
    ],
    [
      'a variable of a Dockerfile',
      { dockerfile: `ARG A=${secret}\nFROM nginx\nENV B=${secret}\nARG C=${secret}` },
    ],
  ])('%s', (_, parts) => {
    const body = of(parts);
    expect(JSON.stringify(body.input)).not.toContain(secret);
    expect(body.input?.['objects']).toHaveLength(1);
    expect(body.masked.length).toBeGreaterThan(0);
  });

  it('the same in an admission request, old object and all', () => {
    const object = {
      kind: 'Pod',
      apiVersion: 'v1',
      spec: { containers: [{ image: 'nginx', env: [{ name: 'A', value: secret }] }] },
    };
    const request = { uid: '1', operation: 'UPDATE', object, oldObject: object };
    const review = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
    const { input } = of(manifest(review));
    expect(JSON.stringify(input)).not.toContain(secret);
    expect(input).not.toHaveProperty('review');
    expect(input).toMatchObject({ request: { operation: 'UPDATE' } });
  });

  describe.each(['input', 'digest'] as const)(
    'what the verdict quotes of it, with logInput %s:',
    logInput => {
      const quoted = 'registry.internal/hunter2';
      const parts = pod({
        env: [
          { name: 'PASSWORD', value: quoted },
          { name: 'LEVEL', value: 'info' },
        ],
      });
      const settings = { ...defaultSettings, logInput };
      const violation = { rule: 'a.deny', severity: 'error', indeterminate: false, exempted: null } as const;
      const said = (message: string, details: Json = {}) =>
        of(parts, { settings, verdict: verdictOf({ violations: [{ ...violation, message, details }] }) });

      it('a message, and what stands beside it', () => {
        const body = said(`env ${quoted} at info`, { env: { LEVEL: 'info', PASSWORD: [quoted] } });
        expect(JSON.stringify(body)).not.toContain(quoted);
        expect(body.verdict['violations']).toMatchObject([
          { message: 'env (masked) at info', details: { env: { LEVEL: 'info', PASSWORD: ['(masked)'] } } },
        ]);
        expect(body.masked).toContain('/verdict/violations/0/message');
        expect(body.masked).toContain('/verdict/violations/0/details/env/PASSWORD/0');
      });

      it('an image that no extractor read', () => {
        const place = { file: 'a.json', pointer: '/spec/containers/0/env/0/value' };
        const unchecked = [{ kind: 'unread', value: quoted, locations: [place] }];
        const verdict = verdictOf({ unchecked: unchecked as unknown as Verdict['unchecked'] });
        expect(of(parts, { settings, verdict }).verdict['unchecked']).toMatchObject([{ value: '(masked)' }]);
      });
    },
  );

  it('anything that is said where there is more to look for than can be', () => {
    const env = Array.from({ length: 1_000 }, (_, i) => ({ name: `A${i}`, value: `a secret ${i}` }));
    const violation = { rule: 'a.deny', severity: 'error', indeterminate: false, exempted: null } as const;
    const violations = Array.from({ length: 300 }, () => ({ ...violation, message: 'a secret 999' }));
    const { verdict } = of(pod({ env }), { verdict: verdictOf({ violations }) });
    expect(JSON.stringify(verdict)).not.toContain('a secret');
    expect(verdict['violations']).toHaveLength(300);
  });

  it('but the environment of the context is', () => {
    const { input } = of({ images: ['nginx'], context: fromJson({ environment: { tier: 'production' } }) });
    expect(input).toMatchObject({ context: { environment: { tier: 'production' } } });
  });
});

describe('fields that an organisation masks', () => {
  const mask = (value: Json, ...pointers: readonly string[]) => {
    const places = new MaskedPlaces();
    return [toJson(maskPointers(fromJson(value), pointers, places)), places.pointers];
  };

  it.each<[string, Json, string, Json, readonly string[]]>([
    ['a field', { a: { b: 1, c: 2 } }, '/a/b', { a: { b: '(masked)', c: 2 } }, ['/a/b']],
    ['a whole object', { a: { b: 1 } }, '/a', { a: '(masked)' }, ['/a']],
    ['an element', { a: [1, 2] }, '/a/1', { a: [1, '(masked)'] }, ['/a/1']],
    [
      'every member',
      { a: [{ b: 1 }, { b: 2 }] },
      '/a/*/b',
      { a: [{ b: '(masked)' }, { b: '(masked)' }] },
      ['/a/0/b', '/a/1/b'],
    ],
    ['a name with a slash', { 'a/b': 1 }, '/a~1b', { 'a/b': '(masked)' }, ['/a~1b']],
    ['a name with a tilde', { 'a~1b': 1 }, '/a~01b', { 'a~1b': '(masked)' }, ['/a~01b']],
    ['nothing that is not there', { a: 1 }, '/b/c', { a: 1 }, []],
  ])('%s', (_, value, pointer, expected, places) => {
    expect(mask(value, pointer)).toEqual([expected, places]);
  });

  it('may be of any name', () => {
    const value = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Json;
    const [masked] = mask(value, '/__proto__/a', '/constructor');
    expect(JSON.stringify(masked)).toBe('{"__proto__":{"a":"(masked)"},"constructor":"(masked)"}');
  });

  it('may be in the verdict', () => {
    const settings = { ...defaultSettings, maskedFields: ['/verdict/as_of', '/input/context'] };
    const body = of({ images: ['nginx'], context: fromJson({ user: 'me' }) }, { settings });
    expect(body).toMatchObject({ verdict: { as_of: '(masked)' }, input: { context: '(masked)' } });
    expect(body.masked).toEqual(['/input/context', '/verdict/as_of']);
  });
});

describe('an event of OPA’s decision log', () => {
  it('is there also where the path of a document is masked', () => {
    const { policy } = verdictOf();
    const settings = { ...defaultSettings, maskedFields: ['/*'] };
    const asked = { org: 'acme', settings, requester: 'token:ci', door: 'data' } as const;
    const entry = {
      ...asked,
      id: newUlid(Date.now()),
      policy: policy[0]!,
      path: ['acme', 'level'],
      result: 3,
    };
    expect(toOpaEvent(toRecord(entry), '1')).toMatchObject({ path: '(masked)', result: '(masked)' });
  });
});

describe('a text in parts', () => {
  it.each(['', 'a', 'abcd', 'abcde', 'ab𝄞', 'abc𝄞d', '𝄞𝄞𝄞𝄞𝄞'])(
    'of %j is the text, and no part ends in a character',
    text => {
      const parts = cutText(text, 4);
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(4);
        expect(part.isWellFormed()).toBe(true);
      }
    },
  );
});
