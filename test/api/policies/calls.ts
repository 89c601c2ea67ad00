import { type Answer, send } from '../client.ts';

/** Sends JSON to a route, and what the caller sends along. */
export function call(
  method: string,
  path: string,
  headers: Headers,
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(more)) all.set(name, value);
  if (body !== undefined) all.set('content-type', 'application/json');
  return send(path, { method, headers: all, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

export type Files = Readonly<Record<string, string>>;

/** Publishes a version of `acme/production`, and gives the answer. */
export function publish(
  policy: string,
  headers: Headers,
  files: Files,
  more?: Readonly<Record<string, string>>,
): Promise<Answer> {
  return call('PUT', pathOf(policy), headers, { files }, more);
}

export function promote(policy: string, channel: string, version: number, headers: Headers): Promise<Answer> {
  return call('PUT', `${pathOf(policy)}/channels/${channel}`, headers, { version });
}

/** Publishes and lets `stable` stand for it; throws where either is refused. */
export async function release(policy: string, headers: Headers, files: Files): Promise<number> {
  const published = await publish(policy, headers, files);
  const { version } = published.json as { readonly version: number };
  const promoted = await promote(policy, 'stable', version, headers);
  if (published.status > 201 || promoted.status !== 200) throw new Error(published.text + promoted.text);
  return version;
}

export function evaluate(policy: string, headers: Headers, more: object = {}): Promise<Answer> {
  return call('POST', '/v1/evaluate', headers, { policy, images: ['nginx'], ...more });
}

/** `/v1/orgs/acme/policies/production` of `acme/production`. */
export function pathOf(policy: string): string {
  const [org, name] = policy.split('/');
  return `/v1/orgs/${org}/policies/${name}`;
}

/** One file that denies a tag, in a package of its own. */
export function denies(tag: string, name = 'acme'): Files {
  return { [`${name}.policy`]: `package ${name}\n\ndeny tag "${tag}"\n` };
}
