import { refuse } from '../refused.ts';
import { type Cbor, type CborMap, decodeCbor, encodeCborArray, Tagged } from './cbor.ts';
import { type Algorithm, type NotationEnvelope, timeNames, timestampName } from './envelope.ts';

const singleSigner = 18;
const epochTime = 1;

/** Labels of COSE (RFC 9052, RFC 9360). */
const labels = { algorithm: 1, critical: 2, contentType: 3, chain: 33 } as const;

const algorithms: ReadonlyMap<Cbor, Algorithm> = new Map<Cbor, Algorithm>([
  [-37, { scheme: 'pss', hash: 'sha256' }],
  [-38, { scheme: 'pss', hash: 'sha384' }],
  [-39, { scheme: 'pss', hash: 'sha512' }],
  [-7, { scheme: 'ecdsa', hash: 'sha256' }],
  [-35, { scheme: 'ecdsa', hash: 'sha384' }],
  [-36, { scheme: 'ecdsa', hash: 'sha512' }],
]);

/** A COSE_Sign1 envelope (specs/signature-envelope-cose.md). Throws where it is malformed. */
export function readCose(bytes: Uint8Array): NotationEnvelope {
  const tagged = decodeCbor(bytes);
  if (!(tagged instanceof Tagged) || tagged.tag !== singleSigner || !isList(tagged.value)) return malformed();
  const [protectedBytes, unprotectedMap, payload, signature] = tagged.value;
  const rawHeader = bytesOf(protectedBytes);
  const header = mapOf(decodeCbor(rawHeader));
  const unprotected = mapOf(unprotectedMap);
  const algorithm = algorithms.get(header.get(labels.algorithm) ?? null);
  if (algorithm === undefined) return refuse('the algorithm of the signature is not accepted');
  const timestamp = unprotected.get(timestampName);
  return {
    algorithm,
    contentType: textOf(header.get(labels.contentType)),
    critical: criticalOf(header),
    attributes: attributesOf(header),
    payload: bytesOf(payload),
    message: encodeCborArray(['Signature1', rawHeader, new Uint8Array(), bytesOf(payload)]),
    signature: bytesOf(signature),
    chain: chainOf(unprotected.get(labels.chain)),
    ...(timestamp !== undefined && { timestamp: bytesOf(timestamp) }),
  };
}

/** Names that must be understood; labels that every reader of COSE understands are left out. */
function criticalOf(header: CborMap): readonly string[] {
  const critical = header.get(labels.critical);
  if (!isList(critical)) return malformed();
  const understood: readonly Cbor[] = [labels.algorithm, labels.critical, labels.contentType];
  return critical.filter(name => !understood.includes(name)).map(name => String(name));
}

function attributesOf(header: CborMap): ReadonlyMap<string, string | number> {
  const attributes = new Map<string, string | number>();
  for (const [name, value] of header) {
    if (typeof name === 'number') continue;
    attributes.set(name, timeNames.has(name) ? timeOf(value) : String(value));
  }
  return attributes;
}

function timeOf(value: Cbor): number {
  const seconds = value instanceof Tagged && value.tag === epochTime ? value.value : undefined;
  return typeof seconds === 'number' ? seconds * 1000 : refuse('a time of the signature is malformed');
}

/** One certificate may stand without a list. */
function chainOf(value: Cbor | undefined): readonly Uint8Array[] {
  return isList(value) ? value.map(bytesOf) : [bytesOf(value)];
}

function bytesOf(value: Cbor | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : malformed();
}

function textOf(value: Cbor | undefined): string {
  return typeof value === 'string' ? value : malformed();
}

function mapOf(value: Cbor | undefined): CborMap {
  return value instanceof Map ? value : malformed();
}

function isList(value: Cbor | undefined): value is readonly Cbor[] {
  return Array.isArray(value);
}

function malformed(): never {
  return refuse('the envelope is malformed');
}
