import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elements, parseXml } from '../decide/xml.ts';
import { type Finished, folder, type RunOptions, run } from './run.ts';

const files = {
  'prod.policy': `# METADATA
# title: Production images
package acme.production

deny tag "latest" because "a tag that moves cannot be rolled back"

exempt "redis" from deny_tag until "2027-01-31" because "OPS-212"
`,
  'team.rego': `package acme.team

deny contains msg if {
	input.context.environment == "production"
	some image in input.images
	not image.registry in data.acme.registries
	msg := sprintf("%s: %s is not ours", [image.ref, image.registry])
}
`,
  'broken.policy': 'package acme.broken\n\ndeny tog "latest"\n',
  'undecided.policy':
    'package acme.undecided\n\nrequire signature by {"issuer": "https://a.example", "subject": "https://a.example/*"}\n',
  'data.yaml': 'acme: { registries: [ghcr.io] }\n',
  'bundle/rules/prod.policy': 'package acme.bundle\n\nimport data.rules.denied\n\ndeny tag denied\n',
  'bundle/rules/data.json': '{"denied": ["latest"]}',
  'bundle/rules/prod_test.rego': 'package acme.bundle_test\n\nthis is not even Rego\n',
  'widgets.policy': 'package acme.widgets\n\ndeny tag "latest"\n',
  'extractors.json': JSON.stringify({
    pratique: { extractors: [{ apiVersion: 'acme.io/*', kind: 'Widget', paths: ['spec.runs'] }] },
  }),
  'widget.yaml': 'apiVersion: acme.io/v1\nkind: Widget\nmetadata: { name: w }\nspec: { runs: nginx }\n',
  'good.txt': '# what we run\nghcr.io/acme/api:1.2\n',
  'redis.txt': 'redis\n',
  'web.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: nginx
`,
  'app/Dockerfile': 'FROM node:24\n',
  'app/k8s/pod.yml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: "alpine:3" }] }\n',
  'app/notes.txt': 'nothing of this is an image\n',
  'mixed/app.Dockerfile': 'FROM one\n',
  'mixed/Dockerfile-prod': 'FROM two\n',
  'mixed/Containerfile.x': 'FROM three\n',
  'mixed/sub/WEB.YAML': 'services: { a: { image: four } }\n',
  'mixed/sub/Api.YML': 'services: { a: { image: five } }\n',
  'mixed/compose.yaml.prod': 'services:\n  a:\n    image: six\n',
  'mixed/build-image': '# a comment\nARG V=1\nFROM seven:$V\n',
  'mixed/images.txt': 'eight\n',
  'mixed/chart.tmpl': '{{ template "x" }}\n',
  'mixed/raw': new Uint8Array([0xff, 0xfe]),
  'mixed/README.md': 'image: none\n',
  'mixed/Dockerfile.dockerignore': '*\n',
  'mixed/logo.png': new Uint8Array([0x89]),
  'mixed/main.go': 'package main\n',
  'many/pod.yaml': 'kind: Pod\n',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`many/n${i}.txt`, 'x\n'])),
  'empty/readme.md': '',
  'bad.yaml': 'a: [\n',
  'latin1.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xe4]),
};

let home: ReturnType<typeof folder>;
beforeAll(() => {
  home = folder(files);
});
afterAll(() => home.remove());

function evaluate(args: string, options: RunOptions = {}): Promise<Finished> {
  return run(['eval', ...args.split(' ')], { cwd: home.path, ...options });
}

describe('pratique eval', () => {
  it('allows with exit code 0', async () => {
    const { code, out, err } = await evaluate('--policy prod.policy good.txt');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ALLOW {2}1 image: 1 allowed\npolicy prod\n/u);
  });

  it('denies with exit code 1 and says all that is to be known', async () => {
    const { code, out } = await evaluate('-p prod.policy web.yaml');
    expect(code).toBe(1);
    expect(out).toContain('error  acme.production.deny_tag  prod.policy:5:1  Production images\n');
    expect(out).toContain('because   a tag that moves cannot be rolled back\n');
    expect(out).toContain('at        web.yaml:7  Pod shop/web, container web\n');
  });

  it('is indeterminate with exit code 3', async () => {
    const { code, out } = await evaluate('-p undecided.policy good.txt');
    expect(code).toBe(3);
    expect(out).toContain('indeterminate  acme.undecided.require_signature  undecided.policy:3:1');
  });

  it('decides as of a time', async () => {
    const before = await evaluate('-p prod.policy --as-of 2027-01-30 redis.txt');
    expect(before.code).toBe(0);
    expect(before.out).toContain('as of 2027-01-30T00:00:00Z, as the caller asked\n');
    expect(before.out).toContain('exempted  until 2027-01-31: OPS-212');
    expect((await evaluate('-p prod.policy --as-of 2027-01-31 redis.txt')).code).toBe(1);
  });

  it('hands data and context to policies', async () => {
    const args = '-p team.rego -d data.yaml -c environment=production';
    const denied = await evaluate(`${args} redis.txt`);
    expect(denied.code).toBe(1);
    expect(denied.out).toContain('redis: docker.io is not ours');
    expect((await evaluate(`${args} good.txt`)).code).toBe(0);
    expect((await evaluate('-p team.rego -d data.yaml -c environment=test redis.txt')).code).toBe(0);
  });

  it('reads a policy from a directory, with its data and without its tests', async () => {
    const { code, out } = await evaluate('-p bundle redis.txt');
    expect(code).toBe(1);
    expect(out).toContain('acme.bundle.deny_tag  bundle/rules/prod.policy:5:1');
  });

  it('finds policies and sets of the library by name', async () => {
    const one = await evaluate('-p disallowed-tags web.yaml');
    expect(one.code).toBe(1);
    expect(one.out).toContain('pratique.tags.disallowed_tags.deny_tag  policies/tags/disallowed-tags/');
    const set = await evaluate('-p production web.yaml');
    expect(set.code).toBe(1);
    expect(set.out).toContain('pratique.tags.disallowed_tags.deny_tag');
    expect(set.out).toContain('pratique.digests.require_digest.require_digest');
    const slip = await evaluate('-p prodution web.yaml');
    expect(slip).toMatchObject({ code: 2, err: expect.stringContaining('hint: did you mean production?\n') });
  });

  it('decides by several policies', async () => {
    const { code, out } = await evaluate('-p prod.policy -p bundle/ good.txt redis.txt --as-of 2026-12-01');
    expect(code).toBe(1);
    expect(out).toContain('policy prod, bundle\n');
    expect(out).toContain('1 error, 1 exempted');
  });

  it('reads manifests and Dockerfiles of a directory', async () => {
    const { out } = await evaluate('-p prod.policy -f json app');
    const verdict = JSON.parse(out);
    expect(verdict.images.map((image: { ref: string }) => image.ref).sort()).toEqual(['alpine:3', 'node:24']);
    expect(verdict.images[0].locations[0].file).toMatch(/^app\//u);
  });

  it('reads files of a directory by what they are, and says which it does not read', async () => {
    const { out, err } = await evaluate('-p prod.policy -f json mixed');
    const refs = JSON.parse(out).images.map((image: { ref: string }) => image.ref);
    expect(refs.sort()).toEqual(['five', 'four', 'one', 'seven:1', 'six', 'three', 'two']);
    expect(err).toBe('not read: mixed/chart.tmpl, mixed/images.txt, mixed/raw\n');
  });

  it('bounds the names of what it does not read, and follows no links to directories', async () => {
    symlinkSync('../mixed', join(home.path, 'many/link'));
    const { err } = await evaluate('-p prod.policy many');
    expect(err).toMatch(
      /^not read: many\/link, many\/n0\.txt, (?:many\/n\d+\.txt, ){7}many\/n\d+\.txt and 3 more\n$/u,
    );
  });

  it('finds images where the data of policies says', async () => {
    expect((await evaluate('-p widgets.policy widget.yaml')).code).toBe(0);
    const { code, out } = await evaluate('-p widgets.policy -d extractors.json widget.yaml');
    expect(code).toBe(1);
    expect(out).toContain('at        widget.yaml:4');
  });

  it('reads the standard input, whatever it holds', async () => {
    expect((await evaluate('-p prod.policy -', { input: 'nginx\n' })).code).toBe(1);
    const { code, out } = await evaluate('-p prod.policy -', { input: files['web.yaml'] });
    expect(code).toBe(1);
    expect(out).toContain('stdin:7  Pod shop/web');
  });
});

describe('formats of pratique eval', () => {
  it.each([
    ['sarif', (out: string) => expect(JSON.parse(out).version).toBe('2.1.0')],
    ['junit', (out: string) => expect(elements(parseXml(out), 'failure')).toHaveLength(1)],
    [
      'github',
      (out: string) =>
        expect(out).toMatch(/^::error file=web\.yaml,line=7,title=acme\.production\.deny_tag::/u),
    ],
    ['markdown', (out: string) => expect(out).toMatch(/^### ❌ deny\n/u)],
    ['policyreport', (out: string) => expect(JSON.parse(out).summary.fail).toBe(1)],
  ])('%s', async (format, check) => {
    const { code, out } = await evaluate(`-p prod.policy --format ${format} web.yaml`);
    expect(code).toBe(1);
    check(out);
  });

  it('has colours where they are wanted, and NO_COLOR wins', async () => {
    const args = '-p prod.policy web.yaml';
    expect((await evaluate(args)).out).not.toContain('\u001b');
    expect((await evaluate(args, { env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[31mDENY\u001b[0m  ');
    expect((await evaluate(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain('\u001b');
    const json = await evaluate(`${args} -f json`, { env: { FORCE_COLOR: '1' } });
    expect(json.out).not.toContain('\u001b');
  });
});

describe('what pratique eval refuses, with exit code 2', () => {
  it.each([
    ['-p broken.policy good.txt', 'broken.policy:3:'],
    ['-p team.rego --data bad.yaml good.txt', 'bad.yaml:'],
    ['-p prod.policy bad.yaml', 'bad.yaml:2:1: error[manifest_error]'],
    ['-p prod.policy latin1.yaml', 'error: cannot read latin1.yaml: not UTF-8\n'],
    ['-p prod.policy gone.yaml', 'error: cannot read gone.yaml: no such file\n'],
    ['-p prod.policy empty', 'error: there is no manifest and no Dockerfile in empty\n'],
    ['-p empty good.txt', 'error: there is no policy in empty\n'],
    ['-p web.yaml good.txt', 'error: web.yaml is no policy\nhint: '],
    ['-p gone good.txt', 'error: there is no file, directory or library policy "gone"\n'],
    ['good.txt', 'error: no policy is given\nhint: add --policy FILE|DIR|NAME\n'],
    ['-p prod.policy', 'error: no input is given\n'],
    ['-p prod.policy -f jsn good.txt', 'error: unknown format "jsn"\nhint: did you mean json?\n'],
    ['-p prod.policy --as-of tomorrow good.txt', 'error: --as-of "tomorrow" is no date or time\n'],
    ['-p prod.policy -c team good.txt', 'error: --context "team" is not KEY=VALUE\n'],
    ['-p prod.policy -c a=1 -c a=2 good.txt', 'error: --context "a" is given twice\n'],
    ['-p prod.policy -f json -f text good.txt', 'error: --format is given 2 times\n'],
  ])('%s', async (args, message) => {
    const { code, out, err } = await evaluate(args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('nothing at all in the input', async () => {
    for (const input of ['', '{}', '[{}]', 'a: 1\n']) {
      const { code, err } = await evaluate('-p prod.policy -', { input });
      expect({ code, err }).toEqual({
        code: 2,
        err: 'error: there is no image and no manifest in the input\n',
      });
    }
  });

  it('shows the line of a policy that is wrong', async () => {
    const { err } = await evaluate('-p broken.policy good.txt');
    expect(err).toMatch(/3 \| deny tog "latest"\n {2}\| +\^/u);
  });
});
