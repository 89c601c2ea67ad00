import {
  isArray,
  isNumber,
  isSet,
  ObjectBuilder,
  ObjectValue,
  toDecimal,
  type Value,
} from '../values/index.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan, textOf } from './bytes.ts';
import { asObject, asString } from './operands.ts';
import { type Certificate, parseCertificates } from './x509/certificate.ts';
import { certificateValue } from './x509/certificate-value.ts';
import { type ChainOptions, verifyChain } from './x509/chain.ts';
import { decodePem, decodePemBlocks } from './x509/pem.ts';
import { type PrivateKey, parsePrivateKey, privateJwk, privateKeyValue } from './x509/private-key.ts';
import { requestValue } from './x509/request.ts';

const BEGIN = '-----BEGIN';

export const x509Family: Readonly<Record<string, BuiltinFunction>> = {
  'crypto.x509.parse_certificates': (context, text) =>
    certificatesOf(scanned(context, text!)).map(certificateValue),
  'crypto.x509.parse_and_verify_certificates': parseAndVerify,
  'crypto.x509.parse_and_verify_certificates_with_options': parseAndVerifyWithOptions,
  'crypto.x509.parse_certificate_request': (context, text) =>
    requestValue(requestBytes(scanned(context, text!))),
  'crypto.x509.parse_rsa_private_key': (context, text) => {
    const key = privateKeysOf(pemText(scanned(context, text!)))[0];
    return key ? privateJwk(key) : null;
  },
  'crypto.x509.parse_keypair': parseKeyPair,
  'crypto.parse_private_keys': (context, text) => {
    const pem = scanned(context, text!);
    const bytes = decodeBase64(pem);
    return pem === '' ? null : privateKeysOf(bytes ? textOf(bytes) : pem).map(privateKeyValue);
  },
};

const serverAuthentication = 1;

function parseAndVerify(context: BuiltinContext, operand: Value): Value {
  const options = { time: seconds(context.now), dnsName: '', usages: [serverAuthentication] };
  const chain = verified(scanned(context, operand), options);
  return chain ? [true, chain.map(certificateValue)] : [false, []];
}

function parseAndVerifyWithOptions(context: BuiltinContext, operand: Value, optionsOperand: Value): Value {
  const text = scanned(context, operand);
  const options = asObject(optionsOperand, 2);
  const certificates = readable(text);
  const chain = certificates && verifyChain(certificates, chainOptions(context, options));
  return chain ? [true, chain.map(withoutUriStrings)] : [false, []];
}

function verified(text: string, options: ChainOptions): readonly Certificate[] | undefined {
  const certificates = readable(text);
  return certificates && verifyChain(certificates, options);
}

/** Undefined where the text holds no certificates. */
function readable(text: string): readonly Certificate[] | undefined {
  try {
    return certificatesOf(text);
  } catch (error) {
    if (error instanceof BuiltinError) return undefined;
    throw error;
  }
}

/** The one of the two verifying functions leaves this field out. */
function withoutUriStrings(certificate: Certificate): Value {
  const builder = new ObjectBuilder(certificateValue(certificate));
  builder.delete('URIStrings');
  return builder.build();
}

/** By the numbers that Go gives them. */
const usageNames = [
  'KeyUsageAny',
  'KeyUsageServerAuth',
  'KeyUsageClientAuth',
  'KeyUsageCodeSigning',
  'KeyUsageEmailProtection',
  'KeyUsageIPSECEndSystem',
  'KeyUsageIPSECTunnel',
  'KeyUsageIPSECUser',
  'KeyUsageTimeStamping',
  'KeyUsageOCSPSigning',
  'KeyUsageMicrosoftServerGatedCrypto',
  'KeyUsageNetscapeServerGatedCrypto',
  'KeyUsageMicrosoftCommercialCodeSigning',
  'KeyUsageMicrosoftKernelCodeSigning',
];

function chainOptions(context: BuiltinContext, options: ObjectValue): ChainOptions {
  let time = seconds(context.now);
  let dnsName = '';
  let usages: readonly number[] = [];
  for (const [key, value] of options.entries()) {
    if (key === 'DNSName') {
      if (typeof value !== 'string') return fail("'DNSName' should be a string");
      dnsName = value.replace(/^"+|"+$/gu, '');
    } else if (key === 'CurrentTime') time = seconds(wholeNumber(value, key));
    else if (key === 'MaxConstraintComparisons') wholeNumber(value, key);
    else if (key === 'KeyUsages') usages = usagesOf(value);
    else if (typeof key === 'string') return fail('invalid key option');
  }
  return { time, dnsName, usages: usages.length > 0 ? usages : [serverAuthentication] };
}

function usagesOf(value: Value): readonly number[] {
  if (!isArray(value) && !isSet(value)) return fail("'KeyUsages' should be an Array or Set");
  const names = (isArray(value) ? value : value.items()).filter(name => typeof name === 'string');
  return names.map(name => {
    const usage = usageNames.indexOf(name.replace(/^"+|"+$/gu, ''));
    return usage >= 0 ? usage : fail(`invalid entries for 'KeyUsages' found: ${name}`);
  });
}

function wholeNumber(value: Value, name: string): bigint {
  const decimal = isNumber(value) ? toDecimal(value) : undefined;
  if (decimal === undefined || decimal.exponent < 0 || decimal.exponent > 19)
    return fail(`'${name}' should be a valid int64 number`);
  return decimal.coefficient * 10n ** BigInt(decimal.exponent);
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

function certificatesOf(text: string): readonly Certificate[] {
  const bytes = text.startsWith(BEGIN) ? undefined : fromBase64(text);
  const pem = bytes === undefined ? text : textOf(bytes);
  return pem.startsWith(BEGIN) ? pemCertificates(pem) : parseCertificates(bytes!);
}

function pemCertificates(pem: string): readonly Certificate[] {
  return decodePemBlocks(pem).flatMap(({ type, bytes }) =>
    type === 'CERTIFICATE'
      ? parseCertificates(bytes)
      : fail(`PEM block type is '${type}', expected CERTIFICATE`),
  );
}

function requestBytes(text: string): Uint8Array {
  const bytes = text.startsWith(`${BEGIN} CERTIFICATE REQUEST-----`) ? undefined : fromBase64(text);
  const block = decodePem(bytes === undefined ? text : textOf(bytes));
  if (block && block.type !== 'CERTIFICATE REQUEST')
    return fail('invalid PEM-encoded certificate signing request');
  return block?.bytes ?? bytes ?? fail('invalid PEM-encoded certificate signing request');
}

/** The PEM text that a text is, or that is inside its base64. */
function pemText(text: string): string {
  if (text === '') return fail('input PEM data was empty');
  return text.startsWith(BEGIN) ? text : textOf(fromBase64(text));
}

function privateKeysOf(pem: string): readonly PrivateKey[] {
  return decodePemBlocks(pem).flatMap(block => parsePrivateKey(block) ?? []);
}

function parseKeyPair(context: BuiltinContext, certificateOperand: Value, keyOperand: Value): Value {
  const certificates = pairCertificates(scanned(context, certificateOperand));
  const key = pairKey(scanned(context, keyOperand));
  const leaf = certificates[0] ?? fail('tls: failed to find any PEM data in certificate input');
  if (encodeBase64(leaf.publicKey.spki) !== encodeBase64(key.publicKey.spki))
    return fail('tls: private key does not match public key');
  return ObjectValue.of([
    ['Certificate', certificates.map(({ raw }) => encodeBase64(raw))],
    ['PrivateKey', privateKeyValue(key)],
    ['SupportedSignatureAlgorithms', null],
    ['OCSPStaple', null],
    ['SignedCertificateTimestamps', null],
    ['Leaf', withoutUriStrings(leaf)],
  ]);
}

function pairCertificates(text: string): readonly Certificate[] {
  const bytes = text.startsWith(`${BEGIN} `) ? undefined : fromBase64(text);
  const pem = bytes === undefined ? text : textOf(bytes);
  if (!pem.startsWith(`${BEGIN} `)) return parseCertificates(bytes!);
  const blocks = decodePemBlocks(pem).filter(({ type }) => type === 'CERTIFICATE');
  return blocks.flatMap(block => parseCertificates(block.bytes));
}

function pairKey(text: string): PrivateKey {
  const bytes = text.startsWith(`${BEGIN} `) ? undefined : fromBase64(text);
  const pem = bytes === undefined ? text : textOf(bytes);
  const key = pem.startsWith(BEGIN)
    ? privateKeysOf(pem)[0]
    : parsePrivateKey({ type: 'PRIVATE KEY', bytes: bytes! });
  return key ?? fail('tls: failed to find any PEM data in key input');
}

function fromBase64(text: string): Uint8Array {
  return decodeBase64(text) ?? fail('illegal base64 data');
}

function scanned(context: BuiltinContext, operand: Value): string {
  const text = asString(operand, 1);
  chargeScan(context.budget, text.length);
  return text;
}

function fail(message: string): never {
  throw new BuiltinError(message);
}
