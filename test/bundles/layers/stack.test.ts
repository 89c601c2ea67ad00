import { describe, expect, it } from 'vitest';
import { type ResolvedLayer, stackLayers } from '../../../src/bundles/index.ts';

/** `web@1`, below nothing or below another. */
function layer(
  text: string,
  depth: number,
  parent?: string,
  more: Partial<ResolvedLayer> = {},
): ResolvedLayer {
  const [policy = '', number] = text.split('@');
  return {
    org: 'acme',
    policy,
    selector: { kind: 'channel', value: 'stable' },
    depth,
    ...(parent !== undefined && { parent: { org: 'acme', policy: parent } }),
    ...(number !== undefined && { version: { number: Number(number), digest: `sha256:${text}` } }),
    visibility: 'org',
    shared: true,
    ...more,
  };
}

const problems = (...layers: readonly ResolvedLayer[]) => stackLayers(layers).problems;

describe('layers as they are resolved', () => {
  it('are each there once, whatever stands on them', () => {
    const { layers } = stackLayers([
      layer('web@2', 0),
      layer('a@1', 1, 'web'),
      layer('b@1', 1, 'web'),
      layer('base@7', 2, 'a'),
      layer('base@7', 2, 'b'),
    ]);
    expect(layers.map(({ policy, number, bases }) => [policy, number, bases])).toEqual([
      ['web', 2, ['acme/a', 'acme/b']],
      ['a', 1, ['acme/base']],
      ['b', 1, ['acme/base']],
      ['base', 7, []],
    ]);
  });

  it('are refused where one is missing, or may not be used, in the same words', () => {
    const [missing] = problems(layer('web@1', 0), layer('base', 1, 'web'));
    const [hidden] = problems(layer('web@1', 0), layer('base@1', 1, 'web', { shared: false }));
    expect(missing).toBe('there is no acme/base@stable that may be used, which acme/web extends');
    expect(hidden).toBe(missing);
  });

  it('say nothing of what stands below a layer that may not be used, nor of its versions', () => {
    const closed = { shared: false };
    const found = stackLayers(
      [
        layer('web@1', 0, undefined, closed),
        layer('web@3', 0, undefined, { ...closed, selector: { kind: 'version', value: '3' } }),
        layer('below', 1, 'web'),
        layer('own@1', 1, 'web'),
      ],
      'acme/own',
    );
    expect(found.problems).toEqual([
      'there is no acme/web@stable that may be used',
      'there is no acme/web@3 that may be used',
    ]);
  });

  it('do not judge who asks for the policy itself', () => {
    expect(problems(layer('web@1', 0, undefined, { shared: false }))).toEqual([]);
  });

  it('are refused where two stand on different versions of one', () => {
    const found = problems(
      layer('web@1', 0),
      layer('a@1', 1, 'web'),
      layer('base@2', 1, 'web'),
      layer('base@1', 2, 'a'),
    );
    expect(found).toEqual(['acme/base is a layer at several versions: 1, 2']);
  });

  it('are refused in circles, also through a version that is to be published', () => {
    const circle = [layer('a@1', 0), layer('b@1', 1, 'a'), layer('a@1', 2, 'b'), layer('b@1', 3, 'a')];
    expect(problems(...circle)).toEqual(['layers extend one another: acme/a, acme/b, acme/a']);
    expect(stackLayers([layer('b@1', 0), layer('a@1', 1, 'b')], 'acme/a').problems).toEqual([
      'layers extend one another: acme/a, acme/b, acme/a',
    ]);
  });

  it('are 20 at most, 8 upon one another', () => {
    const deep = (most: number) =>
      Array.from({ length: most + 1 }, (_, depth) =>
        layer(`l${depth}@1`, depth, depth === 0 ? undefined : `l${depth - 1}`),
      );
    expect(problems(...deep(8))).toEqual([]);
    expect(problems(...deep(9))).toEqual(['more than 8 layers stand on one another']);
    const wide = (most: number) => [
      layer('web@1', 0),
      ...Array.from({ length: most - 1 }, (_, index) => layer(`l${index}@1`, 1, 'web')),
    ];
    expect(problems(...wide(20))).toEqual([]);
    expect(problems(...wide(21))).toEqual(['there are more than 20 layers']);
  });
});
