import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/index.ts';
import { imageDeclarations } from '../../src/builtins/image.declarations.ts';
import { imageFamily } from '../../src/builtins/image.ts';
import {
  type BuiltinContext,
  BuiltinError,
  builtins,
  declarations,
  type Need,
} from '../../src/builtins/index.ts';
import { evidenceAnswer, imageValue, toImage } from '../../src/images/index.ts';
import { fromJson, type Json, SetValue, toJson, type Value } from '../../src/values/index.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const key = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n';

function context(more: Partial<BuiltinContext> = {}): BuiltinContext {
  return { budget: new Budget(), now: 0n, random: () => 0, memo: new Map(), ...more };
}

function call(name: string, ...operands: Value[]): Value | undefined {
  return builtins.get(name)!(context(), ...operands);
}

const json = (value: Json) => fromJson(value);
const imageOf = (ref: string) => imageValue(toImage(ref, { container: 'web' }));

describe('the family', () => {
  it('implements what it declares, and is registered', () => {
    expect(Object.keys(imageFamily).sort()).toEqual(imageDeclarations.map(({ name }) => name).sort());
    for (const { name } of imageDeclarations) {
      expect(declarations.has(name)).toBe(true);
      expect(builtins.has(name)).toBe(true);
    }
  });
});

describe('image.parse', () => {
  it('gives the parts', () => {
    expect(toJson(call('image.parse', `nginx:1@${digest}`)!)).toEqual({
      ref: `nginx:1@${digest}`,
      name: `docker.io/library/nginx@${digest}`,
      registry: 'docker.io',
      repository: 'library/nginx',
      tag: '1',
      tag_explicit: true,
      digest,
    });
  });

  it('is an error where there are none', () => {
    expect(() => call('image.parse', 'NGINX')).toThrow(BuiltinError);
    expect(() => call('image.parse', 7)).toThrow(BuiltinError);
  });
});

describe('image.matches and image.matched', () => {
  it('take a reference or an image, and one pattern, an array or a set', () => {
    const patterns = ['quay.io', 'ghcr.io/acme/*'];
    for (const image of ['ghcr.io/acme/api', imageOf('ghcr.io/acme/api')])
      for (const list of [json(patterns), SetValue.of(patterns)]) {
        expect(call('image.matches', image, list)).toBe(true);
        expect(call('image.matched', image, list)).toBe('ghcr.io/acme/*');
        expect(call('image.matches', image, 'ghcr.io')).toBe(true);
        expect(call('image.matches', image, 'quay.io')).toBe(false);
        expect(call('image.matched', image, 'quay.io')).toBeUndefined();
      }
    expect(call('image.matches', 'nginx', json([]))).toBe(false);
  });

  it('reads the reference alone of an image', () => {
    const forged = json({
      ref: 'evil.example/x',
      registry: 'ghcr.io',
      repository: 'acme/api',
      name: 'ghcr.io/acme/api',
    });
    expect(call('image.matches', forged, 'ghcr.io')).toBe(false);
    expect(call('image.matches', json({ name: 'ghcr.io/acme/api' }), 'ghcr.io')).toBe(true);
  });

  it('says nothing where a pattern is none and no other matches', () => {
    const patterns = json(['ghcr.io/acme/api', 'ghcr.io/Acme']);
    expect(call('image.matches', 'ghcr.io/acme/api', patterns)).toBe(true);
    expect(() => call('image.matches', 'quay.io/acme/api', patterns)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('pattern 2 is not valid') }),
    );
    expect(() => call('image.matched', 'quay.io/acme/api', patterns)).toThrow(BuiltinError);
  });

  it.each<[Json, Json]>([
    ['NGINX', 'nginx'],
    ['ghcr.io@evil.example/x', 'ghcr.io'],
    ['', '**'],
    [{}, '**'],
    [{ ref: 7 }, '**'],
    [7, '**'],
    [null, '**'],
    ['nginx', 7],
    ['nginx', null],
    ['nginx', {}],
    ['nginx', ['nginx', 7]],
  ])('is an error for %j and %j', (image, patterns) => {
    expect(() => call('image.matches', json(image), json(patterns))).toThrow(BuiltinError);
  });

  it('compiles a list once', () => {
    const patterns = json(Array.from({ length: 1_000 }, (_, i) => `ghcr.io/acme/app-${i}`));
    const spent = (): number => {
      const { budget } = context();
      builtins.get('image.matches')!(context({ budget }), 'nginx', patterns);
      return budget.granted.resultSize - budget.resultSize;
    };
    expect(spent()).toBe(1_000);
    expect(spent()).toBe(0);
  });

  it('charges for what it tries', () => {
    const patterns = json(Array.from({ length: 1_000 }, (_, i) => `ghcr.io/*/app-${i}-*`));
    const { budget } = context();
    builtins.get('image.matches')!(context({ budget }), 'ghcr.io/acme/api', patterns);
    expect(budget.granted.steps - budget.steps).toBe(1_000);
  });
});

describe('image.tag_matches and image.tag_matched', () => {
  it('take a glob, an object, an array or a set', () => {
    expect(call('image.tag_matches', 'nginx:1.2.3', '1.*')).toBe(true);
    expect(call('image.tag_matches', 'nginx:1.2.3', json({ semver: '^1.2' }))).toBe(true);
    expect(call('image.tag_matches', imageOf('nginx'), json(['latest']))).toBe(true);
    expect(call('image.tag_matches', imageOf('nginx'), SetValue.of(['1.*']))).toBe(false);
    expect(call('image.tag_matched', 'nginx:v1', json(['x', { regex: '^v' }]))).toBe('regex("^v")');
  });

  it('look at the tag by which the image is pulled', () => {
    expect(call('image.tag_matches', `nginx:1@${digest}`, '1')).toBe(false);
    expect(call('image.tag_matched', `nginx@${digest}`, '*')).toBeUndefined();
  });

  it('say nothing where a term is none and no other matches', () => {
    expect(call('image.tag_matches', 'nginx:1', json(['1', { semver: '?' }]))).toBe(true);
    expect(() => call('image.tag_matches', 'nginx:2', json(['1', { semver: '?' }]))).toThrow(BuiltinError);
    expect(() => call('image.tag_matches', 'nginx:2', 7)).toThrow(BuiltinError);
  });
});

describe('license.choices', () => {
  it('are sets, undefined of what is no expression', () => {
    expect(toJson(call('license.choices', 'MIT OR (A AND B)')!)).toEqual([['MIT'], ['A', 'B']]);
    expect(call('license.choices', 'a licence')).toBeUndefined();
    const many = Array.from({ length: 11 }, () => '(A OR B)').join(' AND ');
    expect(() => call('license.choices', many)).toThrow(BuiltinError);
  });
});

describe('evidence', () => {
  const asking = imageDeclarations.filter(({ evidence }) => evidence);
  const operands = (name: string, image: Value): Value[] => {
    const authority = json({ key });
    if (name === 'signature.verified') return [image, authority];
    if (name.endsWith('.select')) return [image, json({ by: { key } })];
    return name === 'attestation.verified' ? [image, 'https://slsa.dev/provenance/v1', authority] : [image];
  };

  it.each(asking.map(({ name }) => name))('%s is unavailable where nothing can be asked', name => {
    expect(toJson(call(name, ...operands(name, 'nginx'))!)).toEqual({
      status: 'unavailable',
      reason: 'no evidence source is configured',
    });
  });

  it.each(asking.map(({ name }) => name))('%s asks one question for one image', name => {
    const needs: Need[] = [];
    const ask = (need: Need) => {
      needs.push(need);
      return undefined;
    };
    for (const image of [
      `nginx:1@${digest}`,
      imageOf(`docker.io/library/nginx@${digest}`),
      `nginx@${digest}`,
    ])
      expect(builtins.get(name)!(context({ evidence: { ask } }), ...operands(name, image))).toBeUndefined();
    expect(new Set(needs.map(need => need.key)).size).toBe(1);
    expect(toJson(needs[0]!.request)).toMatchObject({
      image: {
        name: `docker.io/library/nginx@${digest}`,
        registry: 'docker.io',
        repository: 'library/nginx',
        digest,
      },
    });
  });

  it('gives the answer', () => {
    const answer = evidenceAnswer('verified', { count: 1 });
    const evidence = { ask: () => answer };
    expect(builtins.get('scan.report')!(context({ evidence }), 'nginx')).toBe(answer);
  });

  it('asks different questions for different images, types and authorities', () => {
    const keys = new Set<string>();
    const evidence = { ask: (need: Need) => void keys.add(need.key) };
    const ask = builtins.get('attestation.verified')!;
    ask(context({ evidence }), 'nginx', 'a', json({ key }));
    ask(context({ evidence }), 'nginx:1', 'a', json({ key }));
    ask(context({ evidence }), 'nginx', 'b', json({ key }));
    ask(context({ evidence }), 'nginx', 'a', json([{ key }]));
    builtins.get('signature.verified')!(context({ evidence }), 'nginx', json({ key }));
    expect(keys.size).toBe(5);
  });

  it.each<[Json]>([[{}], [[]], [{ issuer: 'https://issuer.acme.io' }], ['*'], [null]])(
    'is an error, and asks nothing, for the authority %j',
    authorities => {
      const evidence = {
        ask: () => expect.fail('asked'),
      };
      expect(() =>
        builtins.get('signature.verified')!(context({ evidence }), 'nginx', json(authorities)),
      ).toThrow(BuiltinError);
    },
  );

  it('is an error for an image that is none', () => {
    expect(() => call('image.resolve', 'https://ghcr.io/acme')).toThrow(BuiltinError);
  });
});
