import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, importSPKI } from 'jose';
import type { SigningKey } from '../../../bundles/opa/index.ts';
import {
  addSigningKey,
  type Database,
  type NewSigningKey,
  newIdentifier,
  rotateSigningKey,
  type Sealer,
  type StoredSigningKey,
  signingKeyOf,
} from '../../../store/index.ts';
import type { Principal } from '../../access/principal.ts';
import { type AppDeps, databaseOf, sealerOf } from '../../deps.ts';

const ALGORITHM = 'ES256';

/** The key of the caller's organisation that signs, made where there is none yet. */
export async function readSigningKey(
  deps: AppDeps,
  { org, identity }: Pick<Principal, 'org' | 'identity'>,
): Promise<StoredSigningKey> {
  const database = databaseOf(deps);
  const sealer = sealerOf(deps);
  return (
    (await signingKeyOf(database, org)) ??
    addSigningKey(database, await newSigningKey(sealer, org), identity, deps.now())
  );
}

/** Makes another key sign from now on. */
export async function replaceSigningKey(
  deps: AppDeps,
  { org, identity }: Pick<Principal, 'org' | 'identity'>,
): Promise<StoredSigningKey> {
  const database: Database = databaseOf(deps);
  return rotateSigningKey(database, await newSigningKey(sealerOf(deps), org), identity, deps.now());
}

/** The private part of a key, ready to sign. */
export async function openSigningKey(
  deps: AppDeps,
  { org, id, sealed }: StoredSigningKey,
): Promise<SigningKey> {
  const text = await sealerOf(deps).open(sealed, purpose(org, id));
  return { id, algorithm: ALGORITHM, privateKey: await importPKCS8(text, ALGORITHM) };
}

/** The public part, as OPA takes it (`key`, in PEM) and as JOSE does (`jwk`). */
export async function publicParts({ id, publicKey }: StoredSigningKey) {
  const jwk = await exportJWK(await importSPKI(publicKey, ALGORITHM, { extractable: true }));
  return { id, algorithm: ALGORITHM, key: publicKey, jwk: { ...jwk, kid: id, alg: ALGORITHM, use: 'sig' } };
}

async function newSigningKey(sealer: Sealer, org: string): Promise<NewSigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const id = newIdentifier();
  const sealed = await sealer.seal(await exportPKCS8(privateKey), purpose(org, id));
  return { org, id, algorithm: ALGORITHM, publicKey: await exportSPKI(publicKey), sealed };
}

function purpose(org: string, name: string) {
  return { org, kind: 'signing-key', name };
}
