import { unauthorized } from './refusals.ts';

/** What a request says of who makes it; nothing of it is proven yet. */
export type Credential =
  | { readonly kind: 'token'; readonly id: string; readonly secret: string }
  /** A signed identity of CI: a JWT. */
  | { readonly kind: 'identity'; readonly jwt: string }
  | { readonly kind: 'operator'; readonly secret: string };

const tokenForm = /^pqt_([\da-z]{16})_([\w-]{43})$/u;
const jwtForm = /^[\w-]+\.[\w-]+\.[\w-]+$/u;

/** Beyond what any issuer signs. */
const longest = 16 * 1024;

/** The credential in `Authorization`, undefined where there is none; throws where it has no known form. */
export function readCredential(header: string | undefined): Credential | undefined {
  if (header === undefined) return undefined;
  const text = /^Bearer +(\S+)$/iu.exec(header)?.[1];
  if (text === undefined || text.length > longest) throw unauthorized('the header has no bearer token');
  const [, id, secret] = tokenForm.exec(text) ?? [];
  if (id !== undefined && secret !== undefined) return { kind: 'token', id, secret };
  if (text.startsWith('pqt_')) throw unauthorized('the token is not complete');
  return jwtForm.test(text) ? { kind: 'identity', jwt: text } : { kind: 'operator', secret: text };
}
