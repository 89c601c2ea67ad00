import type { webcrypto } from 'node:crypto';

/** A key that signs images as `cosign sign --key` does. */
export interface TestKey {
  /** The public key. */
  readonly pem: string;
  /** The signature of an image as `cosign download signature` prints it. */
  readonly sign: (digest: string) => Promise<{ readonly Payload: string; readonly Base64Signature: string }>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

export async function newKey(): Promise<TestKey> {
  const { publicKey, privateKey } = (await crypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const spki = new Uint8Array((await crypto.subtle.exportKey('spki', publicKey)) as ArrayBuffer);
  const pem = `-----BEGIN PUBLIC KEY-----\n${base64(spki)}\n-----END PUBLIC KEY-----\n`;
  return {
    pem,
    sign: async digest => {
      const payload = new TextEncoder().encode(
        JSON.stringify({
          critical: {
            identity: { 'docker-reference': '' },
            image: { 'docker-manifest-digest': digest },
            type: 'cosign container image signature',
          },
          optional: null,
        }),
      );
      const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, payload);
      return { Payload: base64(payload), Base64Signature: base64(toDer(new Uint8Array(raw))) };
    },
  };
}

/** The two numbers of a signature as DER has them; WebCrypto gives them side by side. */
function toDer(raw: Uint8Array): Uint8Array {
  const numbers = [raw.slice(0, 32), raw.slice(32)].flatMap(each => [...integer(each)]);
  return Uint8Array.from([0x30, numbers.length, ...numbers]);
}

function integer(bytes: Uint8Array): readonly number[] {
  const start = bytes.findIndex(byte => byte !== 0);
  const digits = [...bytes.slice(start)];
  const positive = digits[0]! >= 0x80 ? [0, ...digits] : digits;
  return [0x02, positive.length, ...positive];
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
