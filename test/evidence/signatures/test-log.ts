import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { Holder } from '../certificate.ts';

/** A log like Rekor: what it promises to include, and how a trust root names it. */
export class TestLog {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly spki = this.keys.publicKey.export({ type: 'spki', format: 'der' });
  readonly id = createHash('sha256').update(this.spki).digest();

  /** cosign's annotation for an entry of `hashedrekord`. */
  bundle(payload: Uint8Array, signature: string, signer: string, at: string): string {
    const hash = createHash('sha256').update(payload).digest('hex');
    const content = {
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: {
        data: { hash: { algorithm: 'sha256', value: hash } },
        signature: { content: signature, publicKey: { content: Buffer.from(signer).toString('base64') } },
      },
    };
    const body = Buffer.from(JSON.stringify(content)).toString('base64');
    const integratedTime = Date.parse(at) / 1000;
    const entry = { body, integratedTime, logID: this.id.toString('hex'), logIndex: 7 };
    const promise = sign('sha256', Buffer.from(JSON.stringify(entry)), this.keys.privateKey);
    return JSON.stringify({ SignedEntryTimestamp: promise.toString('base64'), Payload: entry });
  }

  /** A trust root with this log and one authority. */
  trustRoot(authority: Holder): string {
    const validFor = { start: '2020-01-01T00:00:00Z' };
    return JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [
        {
          baseUrl: 'https://log.acme.io',
          hashAlgorithm: 'SHA2_256',
          publicKey: {
            rawBytes: this.spki.toString('base64'),
            keyDetails: 'PKIX_ECDSA_P256_SHA_256',
            validFor,
          },
          logId: { keyId: this.id.toString('base64') },
        },
      ],
      certificateAuthorities: [
        {
          subject: { organization: 'acme', commonName: 'authority' },
          uri: 'https://fulcio.acme.io',
          certChain: { certificates: [{ rawBytes: authority.der.toString('base64') }] },
          validFor,
        },
      ],
    });
  }
}
