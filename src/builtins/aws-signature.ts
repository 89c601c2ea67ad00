import { compareStrings } from '../values/index.ts';
import { bytesOf, hexOf } from './bytes.ts';
import { digest, hmac } from './crypto/primitives.ts';
import { percentEncode } from './percent.ts';
import { readReference } from './uri-reference.ts';

/** A request, and who signs it when for which service. */
export interface AwsRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  readonly time: Date;
  readonly service: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Empty where there is none. */
  readonly sessionToken: string;
  readonly unsignedPayload: boolean;
}

const unsignedHeaders = new Set(['authorization', 'user-agent', 'x-amzn-trace-id']);

/**
 * The headers that sign a request (AWS Signature Version 4): the authorization, and the others that
 * it is over. Throws BuiltinError where the URL is none.
 */
export function signAwsRequest(request: AwsRequest): ReadonlyMap<string, string> {
  const url = readReference(request.url);
  const stamp = request.time.toISOString().replace(/[-:]|\.\d+/gu, '');
  const payload = request.unsignedPayload ? 'UNSIGNED-PAYLOAD' : hexOf(digest('sha256', request.body));
  const added = new Map([
    ['host', url.authority?.host ?? ''],
    ['x-amz-date', stamp],
  ]);
  if (request.service === 's3' || request.service === 'glacier') added.set('x-amz-content-sha256', payload);
  if (request.sessionToken !== '') added.set('x-amz-security-token', request.sessionToken);
  const signed = signedHeaders(added, request.headers);
  const names = signed.map(([name]) => name).join(';');
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join('');
  const path = escapedPath(url.path, url.rawPath);
  const canonical = [request.method, path, url.query, lines, names, payload].join('\n');
  const scope = `${stamp.slice(0, 8)}/${request.region}/${request.service}/aws4_request`;
  const message = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hexOf(digest('sha256', bytesOf(canonical)))}`;
  const signature = hexOf(mac(signingKey(request, scope), message));
  const credential = `Credential=${request.accessKey}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 ${credential},SignedHeaders=${names},Signature=${signature}`;
  return new Map([['Authorization', authorization], ...added]);
}

function signedHeaders(
  added: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const headers = new Map(added);
  for (const [name, value] of given)
    if (!unsignedHeaders.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
  return [...headers].sort((a, b) => compareStrings(a[0], b[0]));
}

/** A path as it was written, where that is well encoded; or else encoded anew. */
function escapedPath(path: string, rawPath: string): string {
  const isEncoded = rawPath !== '' && /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]/%]*$/u.test(rawPath);
  if (isEncoded) return rawPath;
  return path === '*' ? path : percentEncode(path, 'path');
}

/** The key that a day, a region and a service make of the secret. */
function signingKey(request: AwsRequest, scope: string): Uint8Array {
  const parts = [scope.slice(0, 8), request.region, request.service, 'aws4_request'];
  return parts.reduce<Uint8Array>((key, part) => mac(key, part), bytesOf(`AWS4${request.secretKey}`));
}

function mac(key: Uint8Array, message: string): Uint8Array {
  return hmac('sha256', key, bytesOf(message));
}
