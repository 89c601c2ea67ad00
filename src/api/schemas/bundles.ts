import * as z from 'zod';
import { listOf } from './organisations.ts';

const signingKey = z.strictObject({
  id: z.string().meta({ description: 'Stands in signatures, as `kid`' }),
  algorithm: z.literal('ES256'),
  key: z.string().meta({ description: 'The public key in PEM, as OPA takes it' }),
  jwk: z.record(z.string(), z.string()).meta({ description: 'The same as a JSON Web Key' }),
  created_at: z.string(),
  retired_at: z.string().optional().meta({ description: 'When another key took its place' }),
});

export const signingKeyAnswer = signingKey.meta({ id: 'SigningKey' });
export const signingKeyListAnswer = listOf(signingKey, 'SigningKeyList');
