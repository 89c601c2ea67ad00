/** One request, one answer: no redirect is followed. */
export interface OutsideRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
  /** The addresses that the host was checked to have; a client that can connects to these and no others. */
  readonly addresses?: readonly string[];
}

/** The part of a `Response` that is used. */
export interface OutsideResponse {
  readonly status: number;
  /** Empty where the protocol has none. */
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
}

export type Fetch = (request: OutsideRequest) => Promise<OutsideResponse>;

/** The addresses of a name, in any order; rejects where there are none. */
export type Lookup = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

/** What the place where policies are decided gives of the outside. */
export interface Outside {
  readonly fetch: Fetch;
  /** Absent where names cannot be resolved ahead of a request. */
  readonly lookup?: Lookup;
  /** Milliseconds, from any beginning. */
  readonly clock: () => number;
  /** Names and addresses that may be reached although they are private; see docs/evidence.md. */
  readonly privateHosts?: readonly string[];
}

/** A `Fetch` by the platform's own function. */
export function platformFetch(fetch: typeof globalThis.fetch): Fetch {
  return ({ url, method, headers, body, signal }) =>
    fetch(url, { method, headers, signal, redirect: 'manual', ...(body !== undefined && { body }) });
}
