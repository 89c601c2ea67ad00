import { latin1 } from './bytes.ts';

const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/u;
const URL_SAFE = /^[A-Za-z0-9_-]*={0,2}$/u;

/** The standard alphabet, padded. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(latin1(bytes));
}

/** The URL-safe alphabet, padded. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_');
}

/** The bytes of padded base64, line breaks left out; undefined where the text is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  return decode(text, STANDARD);
}

/** The bytes of base64 in the URL-safe alphabet, padded. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  return decode(text, URL_SAFE);
}

/** The bytes of base64 in the URL-safe alphabet without padding, as a JSON Web Token has it. */
export function decodeRawBase64Url(text: string): Uint8Array | undefined {
  if (text.includes('=')) return undefined;
  const joined = text.replace(/[\r\n]/gu, '');
  return decode(joined + '='.repeat((4 - (joined.length % 4)) % 4), URL_SAFE);
}

function decode(text: string, alphabet: RegExp): Uint8Array | undefined {
  const joined = text.replace(/[\r\n]/gu, '');
  if (joined.length % 4 !== 0 || !alphabet.test(joined)) return undefined;
  const binary = atob(joined.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
