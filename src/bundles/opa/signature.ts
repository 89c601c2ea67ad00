import { createHash, timingSafeEqual } from 'node:crypto';
import { type CryptoKey, compactVerify, errors, importSPKI, SignJWT } from 'jose';
import { isObject, parseJson, stringify } from '../../values/index.ts';
import { ArchiveError, type ArchiveFile } from './tar.ts';

/** What OPA verifies by. */
export const signatureAlgorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** A key that signs bundles. */
export interface SigningKey {
  readonly id: string;
  readonly algorithm: SignatureAlgorithm;
  readonly privateKey: CryptoKey;
}

/** A key that signatures are verified by. */
export interface VerificationKey {
  readonly id: string;
  readonly algorithm: SignatureAlgorithm;
  /** The public key in PEM. */
  readonly key: string;
}

export const SIGNATURES = '.signatures.json';
export const MANIFEST = '.manifest';

const hashes = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const;

/** The `.signatures.json` of files as OPA reads it: one JWT that holds the hash of each. */
export async function signFiles(
  files: readonly ArchiveFile[],
  { id, algorithm, privateKey }: SigningKey,
  scope?: string,
): Promise<ArchiveFile> {
  const hashed = files.map(file => ({
    name: file.path,
    hash: hashOf(file, 'sha256').toString('hex'),
    algorithm: 'SHA-256',
  }));
  const token = await new SignJWT({ files: hashed, ...(scope !== undefined && { scope }) })
    .setProtectedHeader({ alg: algorithm, kid: id })
    .sign(privateKey);
  return { path: SIGNATURES, bytes: utf8(`${JSON.stringify({ signatures: [token] })}\n`) };
}

/**
 * Returns where the signature is that of one of the keys and each file is what was signed, none more and none less;
 * throws an ArchiveError that says what is not so.
 */
export async function verifyFiles(
  files: readonly ArchiveFile[],
  keys: readonly VerificationKey[],
  scope?: string,
): Promise<void> {
  const signatures = files.find(({ path }) => path === SIGNATURES);
  if (signatures === undefined) throw new ArchiveError('it is not signed: there is no .signatures.json');
  const payload = await verifiedPayload(tokenOf(textOf(signatures)), keys);
  if (payload.scope !== scope) throw new ArchiveError('the signature is for another scope');
  const signed = new Map((payload.files ?? []).map(file => [file.name, file]));
  const others = files.filter(file => file !== signatures);
  for (const file of others) checkFile(file, signed.get(file.path));
  const missing = [...signed.keys()].find(name => !others.some(({ path }) => path === name));
  if (missing !== undefined) throw new ArchiveError(`${missing} was signed and is not there`);
}

/** Canonical JSON text, of which the hash is that of OPA's walk: keys in order, no spaces. */
export function canonicalJson(text: string): string {
  return stringify(parseJson(text)).replace(
    /[\u2028\u2029]/gu,
    character => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

interface SignedFile {
  readonly name: string;
  readonly hash: string;
  readonly algorithm: string;
}

interface Payload {
  readonly files?: readonly SignedFile[];
  readonly scope?: string;
}

async function verifiedPayload(token: string, keys: readonly VerificationKey[]): Promise<Payload> {
  try {
    const { payload } = await compactVerify(token, async ({ alg, kid }) => {
      const key = keys.find(({ id, algorithm }) => id === kid && algorithm === alg);
      if (key === undefined) throw new ArchiveError(`no key ${JSON.stringify(kid)} for ${alg} is known`);
      return importSPKI(key.key, key.algorithm);
    });
    return JSON.parse(new TextDecoder().decode(payload)) as Payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new ArchiveError(`the signature: ${error.message}`);
    throw error;
  }
}

function tokenOf(text: string): string {
  const value = attempt(() => parseJson(text));
  const tokens = value !== undefined && isObject(value) ? value.get('signatures') : undefined;
  if (Array.isArray(tokens) && tokens.length === 1 && typeof tokens[0] === 'string') return tokens[0];
  throw new ArchiveError('.signatures.json must hold one signature');
}

function checkFile(file: ArchiveFile, signed: SignedFile | undefined): void {
  if (signed === undefined) throw new ArchiveError(`${file.path} was not signed`);
  const known = Object.entries(hashes).find(([name]) => name === signed.algorithm);
  if (known === undefined) throw new ArchiveError(`${file.path} is signed by a hash that is not known`);
  const [found, wanted] = [hashOf(file, known[1]), Buffer.from(String(signed.hash), 'hex')];
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted))
    throw new ArchiveError(`${file.path} is not what was signed`);
}

/** Of what JSON means, so that spaces do not count; of any other file of its bytes. */
function hashOf(file: ArchiveFile, algorithm: (typeof hashes)[keyof typeof hashes]): Buffer {
  const structured = /(?:^|\/)(?:data\.json|\.manifest)$/u.test(file.path);
  const content = structured ? attempt(() => canonicalJson(textOf(file))) : file.bytes;
  if (content === undefined) throw new ArchiveError(`${file.path} is not JSON`);
  return createHash(algorithm).update(content).digest();
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function textOf({ bytes }: ArchiveFile): string {
  return new TextDecoder().decode(bytes);
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
