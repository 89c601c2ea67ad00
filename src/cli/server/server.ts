import { type Arguments, type Option, single } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { readCredentials } from './credentials.ts';
import { isProblem, ServerProblem } from './problem.ts';

/** What every command that speaks to a server takes. */
export const serverOptions: readonly Option[] = [
  {
    name: 'server',
    value: 'URL',
    help: 'the service; PRATIQUE_SERVER, or the one of pratique login, if not given',
  },
  { name: 'insecure', help: 'allow a server that is asked over http and is not this machine' },
];

/** Milliseconds until a server must have answered. */
const PATIENCE = 120_000;

/** What is asked of a server. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service, with the credential that is sent to it and to nothing else. */
export class Server {
  readonly origin: string;
  private readonly token: string | undefined;

  constructor(origin: string, token?: string) {
    this.origin = origin;
    this.token = token;
  }

  /** The answer, which is none of the problems; throws a ServerProblem, or a UsageError where there is no answer. */
  async ask(path: string, request: Ask = {}): Promise<Response> {
    const response = await this.send(path, request);
    if (response.status >= 300 && response.status < 400)
      throw new UsageError(
        `${this.origin} leads elsewhere: ${response.headers.get('location') ?? response.status}`,
        'a redirect is not followed, for the token is for this server alone; give its address with --server',
      );
    if (response.ok) return response;
    throw await problemOf(response, this.origin);
  }

  /** The same, read as JSON. */
  async read<T>(path: string, request: Ask = {}): Promise<T> {
    const response = await this.ask(path, request);
    try {
      return (await response.json()) as T;
    } catch {
      throw noService(this.origin);
    }
  }

  private async send(
    path: string,
    { method = 'GET', query = {}, json, form, headers = {} }: Ask,
  ): Promise<Response> {
    const url = new URL(path, this.origin);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    const body = form ?? (json === undefined ? undefined : JSON.stringify(json));
    try {
      return await fetch(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE),
        headers: {
          accept: 'application/json',
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new UsageError(
        `cannot reach ${this.origin}: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  }
}

/** The server of the arguments, with the token that is known for it. */
export function serverOf(args: Arguments): Server {
  const { current, tokens } = readCredentials();
  const address = single(args, 'server') ?? process.env['PRATIQUE_SERVER'] ?? current;
  if (address === undefined)
    throw new UsageError('no server is given', 'add --server URL, or run pratique login');
  const origin = originOf(address, args);
  return new Server(origin, process.env['PRATIQUE_TOKEN'] || tokens.get(origin));
}

/** Scheme, host and port of an address; throws a UsageError where a token may not go there. */
export function originOf(address: string, { options }: Arguments): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.pathname !== '/')
    throw new UsageError(
      `${JSON.stringify(address)} is no address of a server`,
      'for instance https://pratique.acme.io',
    );
  if (url.protocol === 'http:' && !isThisMachine(url.hostname) && !options.has('insecure'))
    throw new UsageError(
      `${url.origin} is asked over http, where anybody on the way can read the token`,
      'use https, or say --insecure',
    );
  return url.origin;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

async function problemOf(response: Response, origin: string): Promise<Error> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return noService(origin, response.status);
  const body: unknown = await response.json().catch(() => undefined);
  return isProblem(body) ? new ServerProblem(body) : noService(origin, response.status);
}

function noService(origin: string, status?: number): UsageError {
  const answer = status === undefined ? 'something else' : `status ${status}`;
  return new UsageError(`${origin} does not answer as Pratique does: ${answer}`, 'is it the right address?');
}
