declare module 'cloudflare:workers' {
  /** Keeps the isolate alive until the promise is settled; the answer does not wait for it. */
  export function waitUntil(promise: Promise<unknown>): void;
}
