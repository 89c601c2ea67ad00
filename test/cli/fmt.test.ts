import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder, type RunOptions, run } from './run.ts';

const untidy = 'package a\nallow if {\n  input.x==1 # why\n}\n';
const tidy = 'package a\n\nallow if {\n\tinput.x == 1 # why\n}\n';

let home: ReturnType<typeof folder>;
beforeEach(() => {
  home = folder({
    'untidy.rego': untidy,
    'tree/tidy.rego': tidy,
    'tree/images.policy': 'package b\n\ndeny   tag "latest"\n',
    'broken.rego': 'package a\n\np :=\n',
    'v0.rego': 'package a\n\np[x] { x := 1 }\n',
  });
});
afterEach(() => home.remove());

function format(args: string, options: RunOptions = {}) {
  return run(['fmt', ...args.split(' ').filter(Boolean)], { cwd: home.path, ...options });
}

function textOf(path: string): string {
  return readFileSync(join(home.path, path), 'utf8');
}

describe('pratique fmt', () => {
  it('prints what is formatted, and leaves files as they are', async () => {
    expect(await format('untidy.rego')).toEqual({ code: 0, out: tidy, err: '' });
    expect(textOf('untidy.rego')).toBe(untidy);
  });

  it('reads the standard input', async () => {
    expect((await format('', { input: untidy })).out).toBe(tidy);
    expect((await format('-', { input: tidy })).out).toBe(tidy);
  });

  it('writes back', async () => {
    expect(await format('-w untidy.rego tree')).toEqual({ code: 0, out: '', err: '' });
    expect(textOf('untidy.rego')).toBe(tidy);
    expect(textOf('tree/tidy.rego')).toBe(tidy);
    expect(textOf('tree/images.policy')).toBe('package b\n\ndeny tag "latest"\n');
  });

  it('names what would change', async () => {
    expect(await format('-l untidy.rego tree')).toEqual({
      code: 0,
      out: 'untidy.rego\ntree/images.policy\n',
      err: '',
    });
    expect((await format('--check untidy.rego tree')).code).toBe(1);
    expect(await format('--check tree/tidy.rego')).toEqual({ code: 0, out: '', err: '' });
    expect((await format('-l --fail untidy.rego')).code).toBe(1);
  });

  it('shows what would change', async () => {
    expect((await format('-d untidy.rego tree/tidy.rego')).out).toBe(`--- untidy.rego
+++ untidy.rego
@@ -1,4 +1,5 @@
 package a
+
 allow if {
-  input.x==1 # why
+	input.x == 1 # why
 }
`);
  });

  it('refuses syntax errors, and formats the rest', async () => {
    const { code, out, err } = await format('-l broken.rego untidy.rego');
    expect({ code, out }).toEqual({ code: 2, out: 'untidy.rego\n' });
    expect(err).toContain('broken.rego:3:');
  });

  it('reads Rego v0 where it is asked to', async () => {
    expect((await format('v0.rego')).code).toBe(2);
    expect((await format('--v0 v0.rego')).code).toBe(0);
  });

  it('does not write the standard input, nor what is not there', async () => {
    expect((await format('-w')).err).toContain('error: the standard input cannot be written\n');
    expect((await format('gone.rego')).code).toBe(2);
  });
});

describe('pratique parse', () => {
  function parse(...args: string[]) {
    return run(['parse', ...args], { cwd: home.path });
  }

  it('prints the tree as JSON', async () => {
    const { code, out } = await parse('untidy.rego');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'module',
      package: { path: ['a'] },
      items: [{ kind: 'rule', span: { start: 10 } }],
      comments: [{ text: ' why' }],
    });
  });

  it('prints it for people', async () => {
    const { out } = await parse('-f', 'pretty', 'untidy.rego');
    expect(out).toMatch(/^module version="v1" {2}1:1\n {2}package: package path=\["a"\] {2}1:1\n/u);
    expect(out).toContain('term: infix operator="=="  3:3\n');
  });

  it('reads image statements in policies alone', async () => {
    expect(JSON.parse((await parse('tree/images.policy')).out).items[0].kind).toBe('statement');
  });

  it('reports syntax errors', async () => {
    const { code, out, err } = await parse('broken.rego');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('broken.rego:3:5: error[rego_parse_error]');
  });

  it('takes one file', async () => {
    expect((await parse()).code).toBe(2);
    expect((await parse('tree')).code).toBe(2);
    expect((await parse('untidy.rego', 'v0.rego')).code).toBe(2);
  });
});
