import { Buffer } from 'node:buffer';
import { publicGoodRoot, verifySignatures } from '../src/evidence/signatures/index.ts';
import { fromJson, type JsonObject } from '../src/values/index.ts';

/** A keyless bundle, what it signs in base64, and how often it is to be verified. */
export interface VerifyRequest {
  readonly digest: string;
  readonly artifact: string;
  readonly bundle: string;
  readonly authority: JsonObject;
  readonly times: number;
}

/** A Worker that verifies one bundle again and again, from its text; answers how often that proved it. */
// biome-ignore lint/style/noDefaultExport: what a Worker is
export default {
  async fetch(request: Request): Promise<Response> {
    const { digest, artifact, bundle, authority, times } = (await request.json()) as VerifyRequest;
    const subject = { digest, manifest: new Uint8Array(Buffer.from(artifact, 'base64')) };
    const options = { now: BigInt(Date.now()) * 1_000_000n, trustRoots: [await publicGoodRoot()] };
    let verified = 0;
    for (let turn = 0; turn < times; turn++) {
      const material = [{ kind: 'bundle', bundle } as const];
      const { answer } = await verifySignatures(subject, material, fromJson(authority), options);
      if (answer.get('status') === 'verified') verified++;
    }
    return Response.json(verified);
  },
};
