import { limits } from '../../base/index.ts';
import { type Allowance, readBody } from '../body.ts';
import { statusLine } from '../http-response.ts';
import { LookUpError, refuse } from '../look-up-error.ts';
import type { Outside, OutsideResponse } from '../outside.ts';
import { type Hop, redirected } from '../redirect.ts';
import { withTimeout } from '../time-limit.ts';
import { RegistryHosts } from './hosts.ts';
import type { Repository } from './repository.ts';
import type { RegistrySettings } from './settings.ts';

/** An answer, its body read; empty where the status is not 200. */
export interface Answer {
  /** After all redirects. */
  readonly url: URL;
  readonly status: number;
  /** `503 Service Unavailable`. */
  readonly line: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What may be over soon. */
const passing: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

const firstPause = 200;

/**
 * Requests to registries for one decision: each hop admitted, sizes, times and numbers limited, and what
 * fails for a passing reason tried again.
 */
export class Exchange {
  readonly hosts: RegistryHosts;
  private readonly outside: Outside;
  private readonly pause: NonNullable<RegistrySettings['pause']>;
  private readonly random: NonNullable<RegistrySettings['random']>;
  private readonly allowance: Allowance = { bytes: limits.registryBytes, of: limits.registryBytes };
  private requests = 0;

  constructor(outside: Outside, settings: RegistrySettings) {
    this.outside = outside;
    this.hosts = new RegistryHosts(outside, settings);
    this.pause = settings.pause ?? sleep;
    this.random = settings.random ?? Math.random;
  }

  /** The answer, whatever its status; throws a LookUpError where there is none, or a body beyond the limit. */
  async send(hop: Hop, repository: Repository, limit: number, signal: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === limits.registryAttempts;
      const answer = await this.attempt(hop, repository, limit, signal).catch((error: unknown) => {
        if (last || signal.aborted || !(error instanceof LookUpError && error.network)) throw error;
        return undefined;
      });
      if (answer !== undefined && (last || !passing.has(answer.status))) return answer;
      const asked = answer && retryAfter(answer);
      if (asked !== undefined && asked > limits.lookUpTime) return answer!;
      await this.pause(Math.max(asked ?? 0, this.pauseAfter(attempt)), signal);
    }
  }

  /** Twice as long each time, and never the same for all who wait. */
  private pauseAfter(attempt: number): number {
    return firstPause * 2 ** (attempt - 1) * (1 + this.random());
  }

  private attempt(hop: Hop, repository: Repository, limit: number, signal: AbortSignal): Promise<Answer> {
    return withTimeout(signal, limits.registryTime, inTime => this.follow(hop, repository, limit, inTime));
  }

  private async follow(first: Hop, repository: Repository, limit: number, signal: AbortSignal) {
    let hop = first;
    for (let redirects = 0; ; redirects++) {
      const response = await this.ask(hop, repository, signal);
      const next = redirected(hop, response);
      if (next === undefined) return this.read(hop, response, limit);
      await response.body?.cancel();
      if (redirects === limits.redirects) refuse(`more than ${limits.redirects} redirects`);
      if (next.body !== undefined && next.url.origin !== hop.url.origin)
        refuse(`${hop.url.host} would have what it was sent sent to ${next.url.host}`);
      hop = next;
    }
  }

  private async ask(hop: Hop, repository: Repository, signal: AbortSignal): Promise<OutsideResponse> {
    const addresses = await this.hosts.admit(hop.url, repository, signal);
    if (++this.requests > limits.registryRequests)
      refuse(`more than ${limits.registryRequests} requests to registries`);
    return this.outside.fetch({ ...hop, signal, ...(addresses !== undefined && { addresses }) });
  }

  private async read({ url, method }: Hop, response: OutsideResponse, limit: number): Promise<Answer> {
    const { status, headers } = response;
    const wanted = status === 200 && method !== 'HEAD';
    if (!wanted) await response.body?.cancel();
    const body = wanted ? await readBody(response.body, this.allowance, limit) : new Uint8Array();
    return { url, status, line: statusLine(response), headers, body };
  }
}

/** Milliseconds; RFC 9110, section 10.2.3. */
function retryAfter({ headers }: Answer): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) || Number.isNaN(sent) ? undefined : Math.max(0, date - sent);
}

/** Rejects when the signal comes. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      reject(new LookUpError('timed out', true));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
