import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call, outcome, recorded } from './agreement.ts';

agreesWithOpa('JSON Web Tokens', recorded('jwt'));

describe('a token signed with chance', () => {
  const pairs = {
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
    PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  };

  for (const [alg, pair] of Object.entries(pairs))
    it(`by ${alg} is verified with the public key and no other`, () => {
      const jwk = pair.privateKey.export({ format: 'jwk' });
      const token = call('io.jwt.encode_sign_raw', `{"alg":"${alg}"}`, '{"a":1}', JSON.stringify(jwk))!;
      const key = pair.publicKey.export({ format: 'pem', type: 'spki' }) as string;
      expect(call(`io.jwt.verify_${alg.toLowerCase()}`, token, key)).toBe(true);
      expect(outcome('io.jwt.decode_verify', token, { cert: key })).toEqual({
        value: `[true,{"alg":"${alg}"},{"a":1}]`,
      });
      const other = (alg === 'ES256' ? pairs.ES384 : pairs.ES256).publicKey;
      const wrong = other.export({ format: 'pem', type: 'spki' }) as string;
      expect(call(`io.jwt.verify_${alg.toLowerCase()}`, token, wrong)).toBe(false);
    });
});
