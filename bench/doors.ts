import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { payloadOf } from '../test/evidence/e2e/pushing.ts';
import { type Row, time, timeRow } from './measure.ts';
import { migrate, Service, serve, settled } from './service.ts';

const clients = 20;
const requests = 10;
const images = 100;
/** As the service has it; Gatekeeper itself waits for three seconds. */
const deadline = 2_000;

/** Gatekeeper's external data under load: many clients at once, signatures that are stored. */
export async function doorRows(script: string): Promise<readonly Row[]> {
  const miniflare = serve(script);
  try {
    await migrate(miniflare);
    const door = new Door(await miniflare.ready);
    await door.open();
    return [await door.load()];
  } finally {
    await settled(miniflare);
  }
}

interface Outcome {
  readonly milliseconds: number;
  readonly allowed: number;
}

class Door {
  private readonly service: Service;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly digests = Array.from(
    { length: images },
    (_, index) => `sha256:${createHash('sha256').update(`image ${index}`).digest('hex')}`,
  );

  constructor(url: URL) {
    this.service = new Service(url);
  }

  /** Publishes a policy that wants signatures, and stores one for each image. */
  async open(): Promise<void> {
    const key = this.keys.publicKey.export({ type: 'spki', format: 'pem' });
    const files = {
      'bench.policy': 'package bench\n\nrequire signature by data.bench.keys.release\n',
      'data.json': JSON.stringify({ bench: { keys: { release: { key } } } }),
    };
    await this.service.open(files);
    for (const digest of this.digests) await this.service.store(digest, this.signature(digest));
  }

  /** All at once, each client one request after another; the first round only warms. */
  async load(): Promise<Row> {
    await this.ask();
    const outcomes = (
      await Promise.all(
        Array.from({ length: clients }, async () => {
          const own: Outcome[] = [];
          for (let turn = 0; turn < requests; turn++) own.push(await this.ask());
          return own;
        }),
      )
    ).flat();
    const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
    const lost = outcomes.filter(({ allowed }) => allowed !== images).length;
    return timeRow(
      `external data: ${images} keys, ${clients} clients at once, stored signatures`,
      at(0.5),
      undefined,
      `p99 ${time(at(0.99))}, deadline ${time(deadline)}; ${outcomes.length} requests, ${lost} not answered in full`,
    );
  }

  private async ask(): Promise<Outcome> {
    const keys = this.digests.map(digest => `registry.acme.io/team/api@${digest}`);
    const body = {
      apiVersion: 'externaldata.gatekeeper.sh/v1beta1',
      kind: 'ProviderRequest',
      request: { keys },
    };
    const started = performance.now();
    const { response } = (await this.service.send('POST', '/gatekeeper/bench/signed/validate', body)) as {
      response: { items: { value?: { allowed: boolean } }[] };
    };
    const allowed = response.items.filter(({ value }) => value?.allowed === true).length;
    return { milliseconds: performance.now() - started, allowed };
  }

  /** As `cosign sign` makes it. */
  private signature(digest: string) {
    const payload = payloadOf(digest);
    return {
      payload: btoa(payload),
      signature: sign('sha256', Buffer.from(payload), this.keys.privateKey).toString('base64'),
    };
  }
}
