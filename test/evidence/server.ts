import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { selfSigned } from './certificate.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly port: number;
  /** `https://localhost:PORT`. */
  readonly origin: string;
  readonly cert: string;
  /** What has come since it was last cleared. */
  readonly received: Received[];
  readonly close: () => Promise<void>;
}

const json = { 'content-type': 'application/json' };

const answers: Readonly<Record<string, RequestListener>> = {
  '/teams': (_, response) => response.writeHead(200, json).end('{"team": "shop", "n": 9007199254740993}'),
  '/json-type': (_, response) =>
    response.writeHead(200, { 'content-type': 'application/vnd.acme+json; charset=utf-8' }).end('[1]'),
  '/yaml': (_, response) =>
    response.writeHead(200, { 'content-type': 'application/yaml' }).end('teams: [shop]\n'),
  '/text': (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{"a": 1}'),
  '/bad-json': (_, response) => response.writeHead(200, json).end('{"a": '),
  '/missing': (_, response) => response.writeHead(404, json).end('{"error": "no such team"}'),
  '/headers': (_, response) =>
    response.writeHead(200, { 'X-Team': 'shop', 'Set-Cookie': ['a=1', 'b=2'] }).end(),
  '/large': (_, response) => {
    response.writeHead(200, json);
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  '/silent': () => undefined,
  '/slow-body': (_, response) => {
    response.writeHead(200, json).write('{');
  },
  '/here': (_, response) => response.writeHead(302, { location: '/teams' }).end(),
  '/again': (_, response) => response.writeHead(307, { location: '/echo' }).end(),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/to-http': (_, response) => response.writeHead(302, { location: 'http://localhost/teams' }).end(),
  '/to-private': (_, response) =>
    response.writeHead(302, { location: 'https://169.254.169.254/latest/meta-data' }).end(),
  '/to-elsewhere': (_, response) =>
    response.writeHead(302, { location: 'https://other.acme.io/teams' }).end(),
  '/echo': (_, response) => response.writeHead(200, json).end('{}'),
};

/** A server of https on the loopback interface. */
export async function startServer(): Promise<TestServer> {
  const { cert, key } = selfSigned();
  const received: Received[] = [];
  const server = createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
    const { port } = server.address() as AddressInfo;
    if (path === '/to-other-name')
      response.writeHead(302, { location: `https://api.acme.test:${port}/echo` }).end();
    else (answers[path] ?? answers['/missing']!)(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `https://localhost:${port}`,
    cert,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

/** Makes this process trust a certificate beside those that it trusts anyway. */
export function trust(cert: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert]);
}
