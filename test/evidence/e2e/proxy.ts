import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Identity } from './docker-registry.ts';

/** Answers a request itself, or lets it through by `pass`. */
export type Meddling = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;

export interface FailingRegistry {
  readonly host: string;
  /** `GET /v2/…` of what has come. */
  readonly received: string[];
  meddle: Meddling;
  readonly close: () => Promise<void>;
}

/** A registry in front of another, that fails as it is told to. */
export async function startProxy(host: string, { cert, key }: Identity): Promise<FailingRegistry> {
  const server = createServer({ cert, key }, (incoming, response) => {
    proxy.received.push(`${incoming.method} ${incoming.url}`);
    proxy.meddle(incoming, response, () => forward({ host, cert }, incoming, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const proxy: FailingRegistry = {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    received: [],
    meddle: (_, __, pass) => pass(),
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
  return proxy;
}

function forward(
  { host, cert }: { readonly host: string; readonly cert: string },
  { method = 'GET', url = '/', headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const sent = request(
    `https://${host}${url}`,
    { method, headers: { ...headers, host }, ca: cert, agent: false },
    answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  sent.on('error', () => response.writeHead(502).end());
  sent.end();
}
