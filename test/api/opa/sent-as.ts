/** A request to OPA as `requests.json` has it. */
export interface OpaRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** JSON where absent. */
  readonly type?: string;
  /** Whether the body is compressed. */
  readonly gzip?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is sent for one. */
export async function sentAs({ method, body, type = 'application/json', gzip = false, headers }: OpaRequest) {
  const all = new Headers(headers);
  all.set('content-type', type);
  if (gzip) all.set('content-encoding', 'gzip');
  const sent = gzip ? await compressed(body ?? '') : body;
  return { method, headers: all, ...(sent !== undefined && { body: sent }) };
}

async function compressed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Response(text).body!.pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
