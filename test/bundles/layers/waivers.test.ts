import { describe, expect, it } from 'vitest';
import { type Layer, loadLayers, PolicyLibrary } from '../../../src/bundles/index.ts';

const waivers = { path: 'data.json', text: '{"pratique": {"admission": {"exempt_namespaces": ["x"]}}}' };

function layer(policy: string, bases: readonly string[], files: Layer['files'] = []): Layer {
  const text = `package ${policy}\n\ndeny tag "latest"\n`;
  return {
    ...{ org: 'acme', policy, number: 1, digest: `sha256:${policy}` },
    files: [{ path: 'a.policy', text }, ...files],
    bases: bases.map(name => `acme/${name}`),
  };
}

function messages(layers: readonly Layer[]): readonly string[] {
  return loadLayers(layers, { library: new PolicyLibrary([]) }).diagnostics.map(({ message }) => message);
}

describe('waivers of admission', () => {
  it('may be given by the layer that all stand on', () => {
    expect(messages([layer('team', ['base']), layer('base', [], [waivers])])).toEqual([]);
    expect(messages([layer('base', [], [waivers])])).toEqual([]);
  });

  it('may not be given by a layer above', () => {
    expect(messages([layer('team', ['base'], [waivers]), layer('base', [])])).toEqual([
      'data.pratique.admission would waive the rules of acme/base@1',
    ]);
  });

  it('may not be given by one of two bases', () => {
    expect(messages([layer('team', ['a', 'b']), layer('a', [], [waivers]), layer('b', [])])).toEqual([
      'data.pratique.admission would waive the rules of acme/b@1',
    ]);
  });
});
