import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medianAsync } from './measure.ts';

/** The `opa` on the PATH, given the same policy, data and input as we are. */
export class Opa {
  readonly version: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'pratique-bench-'));

  private constructor(version: string) {
    this.version = version;
  }

  /** Undefined where there is none on the PATH. */
  static find(): Opa | undefined {
    try {
      const said = execFileSync('opa', ['version'], { encoding: 'utf8' });
      return new Opa(/^Version: (\S+)/mu.exec(said)?.[1] ?? 'unknown');
    } catch {
      return undefined;
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Milliseconds to parse and to compile a module: the least of some runs, each a process of its own. */
  compile(policy: string): { readonly parse: number; readonly compile: number } {
    const file = this.file('policy.rego', policy);
    const runs = Array.from({ length: 5 }, () => {
      const said = execFileSync('opa', ['eval', '--metrics', '--format=json', '-d', file, 'true'], {
        encoding: 'utf8',
      });
      return (JSON.parse(said) as { metrics: Record<string, number> }).metrics;
    });
    const least = (timer: string) => Math.min(...runs.map(metrics => metrics[timer] ?? Number.NaN)) / 1e6;
    return { parse: least('timer_rego_module_parse_ns'), compile: least('timer_rego_module_compile_ns') };
  }

  /** Milliseconds of one evaluation of a prepared query, by `opa bench`, and what it gives. */
  evaluate(
    policy: string,
    data: unknown,
    input: unknown,
    query: string,
  ): { readonly milliseconds: number; readonly result: unknown } {
    const files = [
      ...['-d', this.file('policy.rego', policy), '-d', this.file('data.json', JSON.stringify(data))],
      ...['-i', this.file('input.json', JSON.stringify(input))],
    ];
    const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
    const measured = execFileSync('opa', ['bench', '--format=json', '--count=1', ...files, query], options);
    const { T, N } = JSON.parse(measured) as { T: number; N: number };
    const said = execFileSync('opa', ['eval', '--format=json', ...files, query], options);
    const { result } = JSON.parse(said) as { result: { expressions: { value: unknown }[] }[] };
    return { milliseconds: T / N / 1e6, result: result[0]?.expressions[0]?.value };
  }

  /** Milliseconds of one request to a server of its own, one after another. */
  async http(policy: string, data: unknown, input: unknown, path: string): Promise<number> {
    const files = [this.file('policy.rego', policy), this.file('data.json', JSON.stringify(data))];
    const server = spawn(
      'opa',
      ['run', '--server', '--addr=127.0.0.1:18181', '--log-level=error', ...files],
      {
        stdio: 'ignore',
      },
    );
    try {
      await answering('http://127.0.0.1:18181/health');
      const body = JSON.stringify({ input });
      return await medianAsync(async () => {
        const response = await fetch(`http://127.0.0.1:18181/v1/data/${path}`, { method: 'POST', body });
        await response.text();
      }, 500);
    } finally {
      await ended(server);
    }
  }

  private file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }
}

async function answering(url: string): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

function ended(server: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.once('exit', () => resolve());
  server.kill();
  return promise;
}
