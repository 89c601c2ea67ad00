import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/evidence/registry/index.ts';
import { parseDocument, readManifest } from '../../../src/evidence/registry/manifest.ts';
import { digestOf, imageOf, indexOf, indexType, manifestType } from './fake.ts';

const good = { mediaType: manifestType, digest: digestOf('good'), size: 4 };
const evil = digestOf('evil');
const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readManifest(bytesOf(text), digestOf(text), null);
const readJson = (document: object) => read(JSON.stringify(document));

describe('keys of another case', () => {
  it.each([
    ['Manifests', indexOf([good], { Manifests: [] })],
    ['manifeſts', indexOf([good], { manifeſts: [] })],
    ['MediaType', indexOf([good], { MediaType: manifestType })],
    ['Annotations', indexOf([good], { Annotations: {} })],
    ['Config', imageOf(good, { Config: good })],
    ['LAYERS', imageOf(good, { LAYERS: [] })],
    ['layerſ', imageOf(good, { layerſ: [] })],
    ['artifacttype', imageOf(good, { artifacttype: 'a' })],
    ['Subject', imageOf(good, { Subject: good })],
    ['ſubject', imageOf(good, { subject: good, ſubject: good })],
    ['Layers', indexOf([good], { Layers: [] })],
    ['Digest', indexOf([{ ...good, Digest: evil }])],
    ['ſize', indexOf([{ ...good, ſize: 1 }])],
    ['MEDIATYPE', imageOf({ ...good, MEDIATYPE: 'a' } as never)],
    ['Digest', imageOf(good, { layers: [{ ...good, Digest: evil }] })],
    ['Digest', imageOf(good, { subject: { ...good, Digest: evil } })],
    ['Platform', indexOf([{ ...good, Platform: { os: 'linux', architecture: 'amd64' } }])],
    ['Architecture', indexOf([{ ...good, platform: { architecture: 'arm64', Architecture: 'amd64' } }])],
    ['OS', indexOf([{ ...good, platform: { os: 'windows', OS: 'linux' } }])],
    ['oſ', indexOf([{ ...good, platform: { os: 'windows', oſ: 'linux' } }])],
    ['Variant', indexOf([{ ...good, platform: { Variant: 'v8' } }])],
  ])('are refused: %s', (key, document) => {
    expect(() => readJson(document)).toThrow(`only in case: "${key}"`);
  });

  it('are refused alone', () => {
    expect(() => readJson({ mediaType: indexType, Manifests: [good] })).toThrow('only in case: "Manifests"');
  });

  it('are data in annotations, as are keys that nobody knows', () => {
    const annotations = { digest: 'a', Digest: 'b' };
    const manifest = readJson(indexOf([{ ...good, annotations, other: 1, Other: 2 }], { annotations }));
    expect(Object.fromEntries(manifest.annotations)).toEqual(annotations);
    expect(manifest.manifests).toMatchObject([{ digest: good.digest }]);
  });
});

describe('keys that stand twice', () => {
  const list = JSON.stringify([good]);
  const type = `"mediaType":"${indexType}"`;
  it.each([
    ['manifests', `{${type},"manifests":[],"manifests":${list}}`],
    ['manifests', `{${type},"manifests":[],"manifest\\u0073":${list}}`],
    ['digest', `{${type},"manifests":[${JSON.stringify(good).replace('{', `{"digest":"${evil}",`)}]}`],
    [
      'os',
      `{${type},"manifests":[${JSON.stringify(good).replace('{', '{"platform":{"os":"a","os":"b"},')}]}`,
    ],
    ['a', `{${type},"manifests":[],"annotations":{"a":"1","a":"2"}}`],
  ])('are refused: %s', (key, text) => {
    expect(() => read(text)).toThrow(`the manifest has a key twice in one object: "${key}"`);
  });

  it('are refused in configurations', () => {
    const text = '{"config":{"User":"1000","User":"root"}}';
    expect(() => parseDocument(bytesOf(text), 'the configuration')).toThrow('twice in one object: "User"');
  });
});

describe('a configuration', () => {
  const readText = (text: string) => readConfig(bytesOf(text));

  it('may have labels that differ only in case, and fields that nobody knows', () => {
    const labels = { a: '1', A: '2' };
    const config = readText(JSON.stringify({ config: { Labels: labels, Other: 1 }, other: 1 }));
    expect(config.size).toBe(2);
  });

  it.each([
    ['{"config":{"Labels":{}},"Config":{"Labels":{"a":"b"}}}', 'only in case: "Config"'],
    ['{"config":{"labels":{}}}', 'only in case: "labels"'],
    ['{"config":{"Labels":{},"LABELS":{}}}', 'only in case: "LABELS"'],
    ['{"Architecture":"arm64"}', 'only in case: "Architecture"'],
    ['{"config":{"Labels":{},"Labels":{"a":"b"}}}', 'a key twice'],
  ])('that runtimes read in another way is refused: %s', (text, reason) => {
    expect(() => readText(text)).toThrow(reason);
  });
});
