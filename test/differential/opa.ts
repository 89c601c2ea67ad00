import { spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { isArray, isObject, parseJson, type Value } from '../../src/values/index.ts';
import { freePort } from '../free-port.ts';
import { data } from './generator/documents.ts';
import type { Program } from './generator/program.ts';
import type { Found, Outcome } from './outcome.ts';
import { tethered } from './tethered.ts';

/** The version of the `opa` on the PATH, or undefined where there is none. */
export function opaVersion(): string | undefined {
  const { error, stdout } = spawnSync('opa', ['version'], { encoding: 'utf8' });
  return error ? undefined : /Version: (\S+)/u.exec(stdout)?.[1];
}

/** OPA broke the connection, or worked for longer than is waited for. */
export class NoAnswer extends Error {}

interface Answer {
  readonly status: number;
  readonly body: Value | undefined;
}

/** A real OPA that listens on this machine only, one program in it at a time. */
export class OpaServer {
  private readonly port: number;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private loaded: string[] = [];

  private readonly release: () => void;

  private constructor(port: number, release: () => void) {
    this.port = port;
    this.release = release;
  }

  static async start(): Promise<OpaServer> {
    const port = await freePort();
    const args = [
      'run',
      '--server',
      '--addr',
      `127.0.0.1:${port}`,
      '--log-level',
      'error',
      '--disable-telemetry',
    ];
    const server = new OpaServer(port, tethered('opa', args).release);
    for (let tries = 0; ; tries++) {
      const ready = await server.send('GET', '/health').catch(() => undefined);
      if (ready?.status === 200) break;
      if (tries > 100) {
        server.stop();
        throw new Error('opa did not start');
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await server.send('PUT', '/v1/data', data);
    return server;
  }

  stop(): void {
    this.agent.destroy();
    this.release();
  }

  /** Loads a program; the outcome where it is rejected. */
  async load({ modules }: Program): Promise<Outcome | undefined> {
    const names = modules.map(each => each.name);
    if (names.length > 1 || this.loaded.some(name => !names.includes(name))) {
      for (const name of this.loaded.toReversed()) await this.send('DELETE', `/v1/policies/${name}`);
      this.loaded = [];
    }
    for (const { name, text } of modules) {
      const { status, body } = await this.send('PUT', `/v1/policies/${name}`, text);
      if (status !== 200) return { kind: 'rejected', errors: errorsOf(body) };
      if (!this.loaded.includes(name)) this.loaded.push(name);
    }
    return undefined;
  }

  async ask(path: readonly string[], { input, strict }: Program): Promise<Outcome> {
    const query = strict ? '?strict-builtin-errors' : '';
    const { status, body } = await this.send(
      'POST',
      `/v1/data/${path.join('/')}${query}`,
      input === undefined ? '{}' : `{"input":${input}}`,
    );
    if (status === 200) return { kind: 'value', value: field(body, 'result') };
    const [first] = errorsOf(body);
    const code = first?.code ?? String(field(body, 'code'));
    return {
      kind: 'failed',
      code,
      message: String(field(field(body, 'errors'), 0, 'message') ?? field(body, 'message')),
    };
  }

  private send(method: string, path: string, body = ''): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-length': Buffer.byteLength(body) };
      const call = request(
        { host: '127.0.0.1', port: this.port, method, path, agent: this.agent, headers },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: response.statusCode ?? 0,
              body: text.trim() === '' ? undefined : parseJson(text),
            });
          });
          response.on('error', reject);
        },
      );
      call.setTimeout(10_000, () => call.destroy(new NoAnswer('opa did not answer in time')));
      call.on('error', error => reject(error instanceof NoAnswer ? error : new NoAnswer(error.message)));
      call.end(body);
    });
  }
}

function field(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let at = value;
  for (const key of path) {
    if (at === undefined) return undefined;
    at = isObject(at) ? at.get(key) : isArray(at) ? at[key as number] : undefined;
  }
  return at;
}

function errorsOf(body: Value | undefined): Found[] {
  const errors = field(body, 'errors');
  if (errors === undefined || !isArray(errors)) return [];
  return errors.map(error => ({
    code: String(field(error, 'code')),
    row: Number(field(error, 'location', 'row') ?? 0),
    column: Number(field(error, 'location', 'col') ?? 0),
  }));
}
