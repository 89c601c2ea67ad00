import { Buffer } from 'node:buffer';
import type { webcrypto } from 'node:crypto';

const keyBytes = 32;
const nonceBytes = 12;

/** What a sealed text is for; it opens for nothing else. */
export interface SealedFor {
  readonly org: string;
  /** `registry`, `signing-key` … */
  readonly kind: string;
  readonly name: string;
}

/** Seals secrets for the database: AES-256-GCM with a random nonce, bound to what the secret is for. */
export class Sealer {
  private readonly key: Promise<webcrypto.CryptoKey>;

  /** By a key of 32 bytes in base64; throws a RangeError where it is none. */
  constructor(key: string) {
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== keyBytes) throw new RangeError(`the sealing key is not ${keyBytes} bytes in base64`);
    this.key = crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  async seal(text: string, purpose: SealedFor): Promise<string> {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
    const sealed = await crypto.subtle.encrypt(algorithm(nonce, purpose), await this.key, Buffer.from(text));
    return Buffer.concat([nonce, Buffer.from(sealed)]).toString('base64');
  }

  /** Rejects where it was sealed for something else, by another key, or is damaged. */
  async open(sealed: string, purpose: SealedFor): Promise<string> {
    const bytes = Buffer.from(sealed, 'base64');
    const [nonce, rest] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes)];
    const opened = await crypto.subtle.decrypt(algorithm(nonce, purpose), await this.key, rest);
    return Buffer.from(opened).toString('utf8');
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, { org, kind, name }: SealedFor) {
  return { name: 'AES-GCM', iv, additionalData: Buffer.from([org, kind, name].join('|')) };
}
