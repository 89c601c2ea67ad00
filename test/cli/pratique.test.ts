import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { folder, run } from './run.ts';

describe('pratique', () => {
  it('says its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: `pratique ${packageJson.version}\n`, err: '' });
  });

  it('says what it can do', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/usage: pratique COMMAND/u);
    expect(await run([])).toEqual({ code: 2, out: '', err: out });
  });

  it.each(['eval', 'check', 'test', 'fmt', 'parse'])('has help for %s', async command => {
    const { code, out, err } = await run([command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`usage: pratique ${command} `);
    expect(out).toContain('Exit code: 0');
    expect((await run(['help', command])).out).toBe(out);
  });

  it.each([
    [['evl'], 'error: unknown command evl\nhint: did you mean eval?\n'],
    [['frobnicate'], 'error: unknown command frobnicate\nhint: see pratique --help\n'],
    [['--versoin'], 'error: unknown option --versoin\nhint: did you mean --version?\n'],
    [['eval', '--polcy', 'x'], 'error: unknown option --polcy\nhint: did you mean --policy?\n'],
    [['eval', '-x'], 'error: unknown option -x\n'],
    [['eval', '--policy'], 'error: --policy needs a value: --policy FILE|DIR|NAME\n'],
    [['eval', '--policy', '--data', 'x'], 'error: --policy needs a value: --policy FILE|DIR|NAME\n'],
    [['eval', '--v0=yes'], 'error: --v0 takes no value\n'],
    [['eval', '--__proto__'], 'error: unknown option --__proto__\n'],
    [['eval', '--\u001b[31m'], 'error: unknown option --␛[31m\n'],
    [['e\u001b[31m'], 'error: unknown command e␛[31m\nhint: see pratique --help\n'],
  ])('refuses %j', async (args, err) => {
    expect(await run(args)).toEqual({ code: 2, out: '', err });
  });

  it('hands over to the Node of the project where types cannot be taken out', async () => {
    const finished = await run(['--version'], { node: ['--no-experimental-strip-types'] });
    expect(finished).toEqual({ code: 0, out: `pratique ${packageJson.version}\n`, err: '' });
    const denied = await run(['evl'], { node: ['--no-experimental-strip-types'] });
    expect(denied.code).toBe(2);
  });
});

describe('pratique check', () => {
  let home: ReturnType<typeof folder>;
  beforeAll(() => {
    home = folder({
      'good.policy': 'package a\n\ndeny tag "latest"\n',
      'lib.rego': 'package lib\n\nf(x) := x + 1\n',
      'broken.rego': 'package a\n\ndeny contains msg if {\n\tmsg := 1 +\n}\n\nallow if x\n',
      'unsafe.rego': 'package a\n\ndeny contains msg if true\n',
      'old.rego': 'package a\n\ndeny[msg] { msg := "no" }\n',
      'suite/a.rego': 'package a\n\ndeny contains "x" if false\n',
      'suite/a_test.rego': 'package a_test\n\ntest_a if y\n',
    });
  });
  afterAll(() => home.remove());

  function check(...args: string[]) {
    return run(['check', ...args], { cwd: home.path });
  }

  it('is content with what is right, libraries too', async () => {
    expect(await check('good.policy', 'lib.rego')).toEqual({ code: 0, out: 'no errors\n', err: '' });
  });

  it('reports every syntax error of a file with its line', async () => {
    const { code, out } = await check('broken.rego');
    expect(code).toBe(1);
    expect(out).toMatch(/^broken\.rego:\d+:\d+: error\[rego_parse_error\]: /u);
    expect(out).toMatch(/\d \| .*\n {2}\| +\^/u);
    expect(out).toMatch(/\n\d+ errors?\n$/u);
  });

  it('reports what the checker finds', async () => {
    const { code, out } = await check('unsafe.rego');
    expect(code).toBe(1);
    expect(out).toContain('unsafe.rego:3:15: error[rego_unsafe_var_error]');
    expect(out).toMatch(/\n1 error\n$/u);
  });

  it('checks the tests of a directory', async () => {
    const { code, out } = await check('suite');
    expect(code).toBe(1);
    expect(out).toContain('suite/a_test.rego:3:');
  });

  it('gives JSON', async () => {
    const { code, out } = await check('--format', 'json', 'unsafe.rego');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ code: 'rego_unsafe_var_error', file: 'unsafe.rego', line: 3, column: 15 }),
    ]);
    expect((await check('-f', 'json', 'good.policy')).out).toBe('[]\n');
  });

  it('reads Rego v0 where it is asked to', async () => {
    expect((await check('old.rego')).code).toBe(1);
    expect((await check('--v0', 'old.rego')).code).toBe(0);
  });

  it('names each unknown function once', async () => {
    const calls = folder({
      'a.rego': 'package a\n\np if acme.scan(1)\n\nq if acme.scan(2)\n',
      'b.rego': 'package b\n\np if acme.scan(3)\n\nq if acme.look(1)\n',
    });
    const { code, out } = await run(['check', calls.path]);
    expect(code).toBe(1);
    expect(out).toContain('undefined function acme.scan, called in 3 places of 2 files\n');
    expect(out).toContain('hint: 2 unknown functions: acme.look, acme.scan; --ignore-unknown-builtins ');
    expect(out).toMatch(/\n2 errors\n$/u);
    expect((await run(['check', '--ignore-unknown-builtins', calls.path])).code).toBe(0);
    calls.remove();
  });

  it('is stricter where it is asked to be', async () => {
    const unused = folder({ 'a.rego': 'package a\n\np if {\n\tx := 1\n}\n' });
    expect((await run(['check', unused.path])).code).toBe(0);
    expect((await run(['check', '--strict', unused.path])).code).toBe(1);
    unused.remove();
  });

  it('checks code whatever data lies beside it', async () => {
    const code = folder({
      'a.rego': 'package a\n\np := 1\n',
      'data.yaml': '- no object\n',
      'b/x.rego': 'package\n',
    });
    expect((await run(['check', '--ignore', 'b', code.path])).out).toBe('no errors\n');
    expect((await run(['check', code.path])).code).toBe(1);
    code.remove();
  });

  it('refuses to check nothing', async () => {
    expect((await check()).err).toContain('error: no policy is given');
    expect((await check('gone.rego')).code).toBe(2);
    expect((await check('-f', 'xml', 'good.policy')).err).toContain('unknown format "xml"');
  });
});
