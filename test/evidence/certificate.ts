import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** What a certificate is to say; each has a sensible value where nothing is said. */
export interface CertificateForm {
  readonly commonName?: string;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Makes it one of an authority. */
  readonly authority?: boolean;
  readonly email?: string;
  /** Names and IPv4 addresses of a server: one that may be used for anything. */
  readonly hosts?: readonly string[];
  /** `codeSigning`, `serverAuth`, or none. */
  readonly use?: 'codeSigning' | 'serverAuth' | 'none';
  /** Of Fulcio: by the last arc of their identifiers. */
  readonly claims?: Readonly<Record<number, string>>;
  /** P-256 where nothing is said. */
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

export interface Holder {
  readonly der: Buffer;
  readonly pem: string;
  readonly name: Buffer;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const uses = { codeSigning: '2b06010505070303', serverAuth: '2b06010505070301' } as const;

/** A certificate signed by another holder, or by itself. Holders who sign have keys on P-256. */
export function certify(form: CertificateForm = {}, issuer?: Holder): Holder {
  const { publicKey, privateKey } = form.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = distinguishedName(form.commonName ?? 'signer');
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    issuer?.name ?? name,
    sequence(time(form.notBefore ?? '2024-01-01T00:00:00Z'), time(form.notAfter ?? '2034-01-01T00:00:00Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(form))),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const bytes = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  return { der: bytes, pem: pem(bytes), name, publicKey, privateKey };
}

const day = 86_400_000;

/** A certificate that signs itself, for `localhost`, `*.acme.test` and 127.0.0.1, and its key, both in PEM. */
export function selfSigned(): { readonly cert: string; readonly key: string } {
  const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
  const { pem: cert, privateKey } = certify({
    commonName: 'localhost',
    notBefore: at(-day),
    notAfter: at(day),
    hosts: ['localhost', '*.acme.test', '127.0.0.1'],
  });
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function extensions({
  authority,
  email,
  hosts,
  use = 'codeSigning',
  claims = {},
}: CertificateForm): Buffer[] {
  if (hosts !== undefined) return [extension('551d11', sequence(...hosts.map(hostName)))];
  const usage = authority ? Buffer.from([1, 0x06]) : Buffer.from([7, 0x80]);
  const list = [extension('551d0f', der(0x03, usage))];
  if (authority) list.push(extension('551d13', sequence(der(0x01, Buffer.from([0xff])))));
  else if (use !== 'none') list.push(extension('551d25', sequence(oid(uses[use]))));
  if (email !== undefined) list.push(extension('551d11', sequence(der(0x81, Buffer.from(email)))));
  for (const [arc, value] of Object.entries(claims)) {
    const text = Buffer.from(value);
    list.push(
      extension(
        `2b0601040183bf3001${Number(arc).toString(16).padStart(2, '0')}`,
        arc < '8' && arc.length === 1 ? text : der(0x0c, text),
      ),
    );
  }
  return list;
}

function hostName(host: string): Buffer {
  const isAddress = /^[\d.]+$/u.test(host);
  return isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
}

/** C=DE, O=acme and a common name. */
function distinguishedName(commonName: string): Buffer {
  const attribute = (type: string, value: string) =>
    der(0x31, sequence(oid(type), der(0x0c, Buffer.from(value))));
  return sequence(attribute('550406', 'DE'), attribute('55040a', 'acme'), attribute('550403', commonName));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** UTCTime. */
function time(text: string): Buffer {
  const digits = new Date(text).toISOString().replace(/\D/gu, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/gu)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** The public key of a pair in PEM. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
