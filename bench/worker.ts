import type { Miniflare } from 'miniflare';
import type { Bundle } from './bundle.ts';
import { medianAsync, type Row, size, time, timeRow } from './measure.ts';
import type { Opa } from './opa.ts';
import { serve } from './service.ts';
import { imageRef, manifests, regoPolicy, repositories } from './subjects.ts';
import { cpuTime, residentSet } from './workerd-process.ts';

/** The Worker as it is deployed, in workerd: size, start-up, requests, memory. */
export async function workerRows(bundle: Bundle, opa: Opa | undefined): Promise<readonly Row[]> {
  const rows: Row[] = [
    { what: 'bundle, minified', ours: size(bundle.bytes), note: `${size(bundle.gzip)} gzipped` },
    await startRow(bundle.script),
  ];
  const miniflare = serve(bundle.script);
  try {
    const url = await miniflare.ready;
    rows.push(...(await requestRows(url, opa)), ...(await bigRows(miniflare, url)));
  } finally {
    await miniflare.dispose();
  }
  return rows;
}

/** Workerd from nothing to its first answer, less the same for a Worker as large that does nothing. */
async function startRow(script: string): Promise<Row> {
  const idle = `export default { fetch: () => new Response("ok") };\n//${'-'.repeat(script.length)}`;
  const starts: number[] = [];
  const empty: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    starts.push(await firstAnswer(script));
    empty.push(await firstAnswer(idle));
  }
  const ours = Math.min(...starts);
  const none = Math.min(...empty);
  return timeRow(
    'start-up of an isolate',
    ours - none,
    undefined,
    `${time(ours)} with workerd itself, to GET /metrics`,
  );
}

async function firstAnswer(script: string): Promise<number> {
  const started = performance.now();
  const miniflare = serve(script);
  const url = await miniflare.ready;
  await (await fetch(new URL('/metrics', url))).text();
  const taken = performance.now() - started;
  await miniflare.dispose();
  return taken;
}

async function requestRows(url: URL, opa: Opa | undefined): Promise<readonly Row[]> {
  const refs = Array.from({ length: 10 }, (_, index) => imageRef(index));
  const documents = { bench_repositories: repositories(10) };
  const policy = { modules: { 'policy.rego': regoPolicy }, data: documents };
  const context = { environment: 'production' };
  const evaluate = poster(new URL('/v1/evaluate', url), JSON.stringify({ policy, images: refs, context }));
  const named = poster(
    new URL('/v1/evaluate?policy=production', url),
    JSON.stringify({ images: refs, context }),
  );
  const input = { images: refs.map(toOpaImage), context };
  return [
    timeRow(
      'HTTP: the least request',
      await medianAsync(async () => (await fetch(new URL('/metrics', url))).text(), 300),
    ),
    timeRow(
      'HTTP: 10 images, a Rego policy in the request',
      await medianAsync(evaluate, 500),
      await opa?.http(regoPolicy, documents, input, 'bench/deny'),
      'OPA holds the policy and gets prepared input',
    ),
    timeRow('HTTP: 10 images, the production set', await medianAsync(named, 500)),
  ];
}

/** What OPA is given for an image; we make it of the reference ourselves. */
function toOpaImage(ref: string) {
  const [name = '', digest] = ref.split('@');
  const at = name.indexOf('/');
  const repository = name.slice(at + 1).split(':')[0]!;
  return {
    ref,
    name: ref,
    registry: at < 0 ? 'docker.io' : name.slice(0, at),
    repository,
    ...(digest && { digest }),
  };
}

function poster(url: URL, body: string, type = 'application/json'): () => Promise<string> {
  return async () => {
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status}: ${text.slice(0, 500)}`);
    return text;
  };
}

async function bigRows(miniflare: Miniflare, url: URL): Promise<readonly Row[]> {
  const text = manifests(400);
  const send = poster(new URL('/v1/evaluate?policy=production', url), text, 'application/yaml');
  const before = residentSet();
  const first = await timed(send);
  const verdict = JSON.parse(await send()) as { summary: { images: number }; cost: { evaluate_us: number } };
  const cpuBefore = cpuTime();
  const warm = await medianAsync(send, 20);
  const cpu = cpuTime() - cpuBefore;
  const images = verdict.summary.images.toLocaleString('en');
  const what = `400 documents, ${images} images (${size(text.length)} of YAML), the production set`;
  return [
    timeRow(
      `HTTP: ${what}`,
      warm,
      undefined,
      `first ${time(first)}; target 150 ms; ${time(cpu / 24)} of CPU, collector included`,
    ),
    {
      what: `memory: ${what}`,
      ours: size(await heapSize(miniflare)),
      note: memoryNote(before, residentSet()),
    },
  ];
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

function memoryNote(before: number | undefined, after: number | undefined): string {
  const heap = 'JavaScript heap after 20 requests; limit 128 MiB';
  if (before === undefined || after === undefined) return heap;
  return `${heap}; workerd, whose collector is in no hurry, grew by ${size(after - before)}`;
}

/** The heap of the Worker's isolate, by the inspector; garbage that was not collected yet included. */
async function heapSize(miniflare: Miniflare): Promise<number> {
  const socket = new WebSocket(new URL('/core:user:', await miniflare.getInspectorURL()));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' }));
  socket.onerror = () => reject(new Error('the inspector does not answer'));
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: { usedSize: number } };
    if (id === 1 && result !== undefined) resolve(result.usedSize);
  };
  try {
    return await promise;
  } finally {
    socket.close();
  }
}
