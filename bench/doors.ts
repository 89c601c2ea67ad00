import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { Miniflare } from 'miniflare';
import { type Row, time, timeRow } from './measure.ts';
import { migrate, operator, serve } from './service.ts';

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
  private readonly url: URL;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly digests = Array.from(
    { length: images },
    (_, index) => `sha256:${createHash('sha256').update(`image ${index}`).digest('hex')}`,
  );
  private token = '';

  constructor(url: URL) {
    this.url = url;
  }

  /** Publishes a policy that wants signatures, and stores one for each image. */
  async open(): Promise<void> {
    const { admin } = (await this.send('POST', '/v1/orgs', { name: 'bench', title: 'Bench' }, operator)) as {
      admin: { token: string };
    };
    this.token = admin.token;
    const key = this.keys.publicKey.export({ type: 'spki', format: 'pem' });
    const files = {
      'bench.policy': 'package bench\n\nrequire signature by data.bench.keys.release\n',
      'data.json': JSON.stringify({ bench: { keys: { release: { key } } } }),
    };
    await this.send('PUT', '/v1/orgs/bench/policies/signed', { files });
    await this.send('PUT', '/v1/orgs/bench/policies/signed/channels/stable', { version: 1 });
    for (const digest of this.digests)
      await this.send('PUT', `/v1/orgs/bench/evidence/${digest}`, [this.signature(digest)]);
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
    const { response } = (await this.send('POST', '/gatekeeper/bench/signed/validate', body)) as {
      response: { items: { value?: { allowed: boolean } }[] };
    };
    const allowed = response.items.filter(({ value }) => value?.allowed === true).length;
    return { milliseconds: performance.now() - started, allowed };
  }

  /** As `cosign sign` makes it. */
  private signature(digest: string) {
    const payload = JSON.stringify({
      critical: {
        identity: { 'docker-reference': 'registry.acme.io/team/api' },
        image: { 'docker-manifest-digest': digest },
        type: 'cosign container image signature',
      },
      optional: null,
    });
    const content = {
      payload: btoa(payload),
      signature: sign('sha256', Buffer.from(payload), this.keys.privateKey).toString('base64'),
    };
    return { type: 'cosign-signature', subject: digest, content };
  }

  private async send(method: string, path: string, body: unknown, token = this.token): Promise<unknown> {
    const response = await fetch(new URL(path, this.url), {
      method,
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}

/** What the decisions left to be written is written before the stores are gone. */
async function settled(miniflare: Miniflare): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 3_000));
  await miniflare.dispose();
}
