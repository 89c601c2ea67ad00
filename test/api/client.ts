import { exports } from 'cloudflare:workers';
import type { Problem } from '../../src/api/problem.ts';
import type { Verdict } from '../../src/decide/index.ts';

type Body = string | Uint8Array<ArrayBuffer> | FormData | ReadableStream;

/** What a test looks at; answers that are JSON are read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** Sends a request to the Worker as it runs in workerd. */
export async function send(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await exports.default.fetch(new Request(`http://pratique.test${path}`, init));
  const text = await response.text();
  const isJson = /[+/]json/u.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

export function post(
  path: string,
  body: Body,
  type?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const all = new Headers(headers);
  if (type !== undefined) all.set('content-type', type);
  return send(path, { method: 'POST', body, headers: all });
}

export function postJson(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return post(path, typeof body === 'string' ? body : JSON.stringify(body), 'application/json', headers);
}

export function verdictOf(answer: Answer): Verdict {
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.json as Verdict;
}

export function problemOf(answer: Answer): Problem {
  if (answer.headers.get('content-type') !== 'application/problem+json') throw new Error(answer.text);
  return answer.json as Problem;
}

/** A policy that denies the tag `latest`. */
export const noLatest = {
  modules: { 'acme.policy': 'package acme\n\ndeny tag "latest" because "it moves"\n' },
};

export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx
`;
