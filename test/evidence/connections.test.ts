import { expect, it } from 'vitest';
import { limitConnections } from '../../src/evidence/connections.ts';
import type { Fetch, OutsideRequest } from '../../src/evidence/index.ts';

const request = (signal = new AbortController().signal): OutsideRequest => ({
  url: new URL('https://acme.io/'),
  method: 'GET',
  headers: new Headers(),
  signal,
});

/** A fetch that counts what has begun. */
function counting(body: () => ConstructorParameters<typeof Response>[0]): {
  readonly fetch: Fetch;
  readonly begun: () => number;
} {
  let begun = 0;
  const fetch: Fetch = async () => {
    begun++;
    return new Response(body());
  };
  return { fetch: limitConnections(fetch, 2), begun: () => begun };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

it('begins no more than so many before the body of one has been read', async () => {
  const { fetch, begun } = counting(() => 'text');
  const [first, second] = await Promise.all([fetch(request()), fetch(request())]);
  const third = fetch(request());
  await settled();
  expect(begun()).toBe(2);
  expect(await new Response(first!.body as ReadableStream).text()).toBe('text');
  await third;
  expect(begun()).toBe(3);
  const fourth = fetch(request());
  await settled();
  expect(begun()).toBe(3);
  await second!.body!.cancel();
  await fourth;
  expect(begun()).toBe(4);
});

it('waits for no body where there is none', async () => {
  const { fetch, begun } = counting(() => null);
  for (let i = 0; i < 5; i++) await fetch(request());
  expect(begun()).toBe(5);
});

it('goes on after failures, broken bodies and signals', async () => {
  const failing = limitConnections(() => Promise.reject(new Error('no')), 1);
  await expect(failing(request())).rejects.toThrow('no');
  await expect(failing(request())).rejects.toThrow('no');
  const broken = counting(
    () => new ReadableStream({ pull: controller => controller.error(new Error('cut')) }),
  );
  for (let i = 0; i < 3; i++) {
    const { body } = await broken.fetch(request());
    await expect(new Response(body as ReadableStream).text()).rejects.toThrow();
  }
  const controller = new AbortController();
  const { fetch, begun } = counting(() => 'text');
  await Promise.all([fetch(request(controller.signal)), fetch(request(controller.signal))]);
  controller.abort();
  await fetch(request());
  expect(begun()).toBe(3);
  await expect(fetch(request(AbortSignal.abort()))).rejects.toThrow();
});
