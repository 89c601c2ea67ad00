import { Buffer } from 'node:buffer';
import { isObject, type ObjectValue, parseJson, type Value } from '../../values/index.ts';
import { apiHost, type Repository } from './repository.ts';

/** Who asks: a user with a password, or a token that stands for one. */
export type Credential =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'identity'; readonly token: string }
  | { readonly kind: 'registry'; readonly token: string };

/** By host, or by host and the beginning of the repositories: `ghcr.io/acme`. */
export type Credentials = ReadonlyMap<string, Credential>;

const keyForm = /^(?:https?:\/\/)?([^/\s?#@]+)((?:\/[^\s?#@]*)?)$/u;
const longest = 1024 * 1024;

/**
 * The credentials of a Docker configuration, which is also what a secret of type
 * `kubernetes.io/dockerconfigjson` holds: `auths` by registry, each with `auth` or `username` and `password`,
 * `identitytoken` or `registrytoken`. Throws a RangeError, without a word of the text, where it is none, or
 * where it leaves credentials to programs (`credHelpers`, `credsStore`), which are not run.
 */
export function readDockerConfig(text: string): Credentials {
  const config = parseConfig(text);
  for (const helper of ['credHelpers', 'credsStore'])
    if (hasContent(config.get(helper)))
      throw new RangeError(`${helper} names programs that are not run here: write the credentials to auths`);
  const auths = config.get('auths');
  if (auths === undefined || !isObject(auths)) throw new RangeError('there is no object "auths"');
  const credentials = new Map<string, Credential>();
  for (const [name, entry] of auths.entries()) {
    const key = keyOf(String(name));
    const credential = credentialOf(String(name), entry);
    if (credential !== undefined) credentials.set(key, credential);
  }
  return credentials;
}

/** The credential whose key fits a repository best; undefined where none does. */
export function credentialFor(credentials: Credentials, { host, path }: Repository): Credential | undefined {
  const components = path.split('/');
  for (let length = components.length; length >= 0; length--) {
    const found = credentials.get([host, ...components.slice(0, length)].join('/'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parseConfig(text: string): ObjectValue {
  if (text.length > longest) throw new RangeError(`it is longer than ${longest} bytes`);
  try {
    const value = parseJson(text);
    if (isObject(value)) return value;
  } catch {
    throw new RangeError('it is not JSON');
  }
  throw new RangeError('it is no object');
}

function hasContent(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !isObject(value) || value.size > 0;
}

/** `https://index.docker.io/v1/` and its like are a host; any other path is the beginning of repositories. */
function keyOf(name: string): string {
  const [, host = '', path = ''] = keyForm.exec(name) ?? [];
  if (host === '' || name.includes('*')) throw new RangeError(`${JSON.stringify(name)} is no registry`);
  const inside = path.replace(/^\/v[12](?:\/|$)/u, '/').replace(/\/+$/u, '');
  return apiHost(host) + inside;
}

function credentialOf(name: string, entry: Value): Credential | undefined {
  if (!isObject(entry)) throw new RangeError(`auths of ${JSON.stringify(name)} is no object`);
  const identity = textAt(entry, 'identitytoken');
  if (identity !== undefined) return { kind: 'identity', token: identity };
  const registry = textAt(entry, 'registrytoken');
  if (registry !== undefined) return { kind: 'registry', token: registry };
  const auth = textAt(entry, 'auth');
  if (auth !== undefined) return decoded(name, auth);
  const [user, password] = [textAt(entry, 'username'), textAt(entry, 'password')];
  return user === undefined || password === undefined ? undefined : { kind: 'basic', user, password };
}

function textAt(entry: ObjectValue, key: string): string | undefined {
  const value = entry.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function decoded(name: string, auth: string): Credential {
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/u, '');
  const colon = text.indexOf(':');
  if (colon < 1) throw new RangeError(`auth of ${JSON.stringify(name)} is no user and password in base64`);
  return { kind: 'basic', user: text.slice(0, colon), password: text.slice(colon + 1) };
}
