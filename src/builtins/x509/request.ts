import { ObjectBuilder, ObjectValue, parseNumber, type Value } from '../../values/index.ts';
import { encodeBase64 } from '../base64.ts';
import { BuiltinError } from '../builtin.ts';
import { textOf } from '../bytes.ts';
import { type Extension, parseExtensions } from './certificate.ts';
import { extensionsValue, keyAlgorithm, publicKeyValue } from './certificate-value.ts';
import {
  bitStringOf,
  childrenOf,
  context,
  type DerElement,
  expectTag,
  integerOf,
  oidArcs,
  oidOf,
  readElements,
  readOnly,
  tags,
} from './der.ts';
import { addExtensionFields } from './extensions.ts';
import { nameValue, orNull, parseName } from './name.ts';
import { parsePublicKey } from './public-key.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const alternativeNames = ['DNSNames', 'EmailAddresses', 'IPAddresses', 'URIs'];

/** A certificate request (PKCS #10, RFC 2986) as Go's `x509.CertificateRequest` becomes JSON. Throws BuiltinError. */
export function requestValue(der: Uint8Array): Value {
  const request = readOnly(der);
  const [signed, algorithm, signature] = childrenOf(request);
  const [version, subject, spki, attributeSet] = childrenOf(signed);
  const publicKey = parsePublicKey(expectTag(spki, tags.sequence).raw);
  const attributes = attributeSet?.tag === context(0) ? readElements(attributeSet.content) : [];
  const extensions = requestedExtensions(attributes);
  const fields = new ObjectBuilder();
  addExtensionFields(
    fields,
    extensions.filter(({ id }) => id.join('.') === '2.5.29.17'),
  );
  const names = fields.build();
  return ObjectValue.of([
    ['Raw', encodeBase64(request.raw)],
    ['RawTBSCertificateRequest', encodeBase64(signed!.raw)],
    ['RawSubjectPublicKeyInfo', encodeBase64(publicKey.spki)],
    ['RawSubject', encodeBase64(subject!.raw)],
    ['Version', Number(integerOf(version))],
    ['Signature', encodeBase64(bitStringOf(signature))],
    ['SignatureAlgorithm', signatureAlgorithm(expectTag(algorithm, tags.sequence)).number],
    ['PublicKeyAlgorithm', keyAlgorithm(publicKey)],
    ['PublicKey', publicKeyValue(publicKey)],
    ['Subject', nameValue(parseName(subject))],
    ['Attributes', orNull(attributes.flatMap(attributeValue))],
    ['Extensions', extensionsValue(extensions)],
    ['ExtraExtensions', null],
    ...alternativeNames.map(name => [name, names.get(name)!] as const),
  ]);
}

function requestedExtensions(attributes: readonly DerElement[]): readonly Extension[] {
  for (const attribute of attributes) {
    const [type, values] = childrenOf(attribute);
    if (oidOf(type) === EXTENSION_REQUEST)
      return parseExtensions(readOnly(expectTag(values, tags.set).content));
  }
  return [];
}

/** Go shows the attributes whose values are lists of pairs, and no others. */
function attributeValue(attribute: DerElement): readonly Value[] {
  try {
    const [type, values] = childrenOf(attribute);
    const lists = childrenOf(values, tags.set).map(list => childrenOf(list).map(pairValue));
    return [
      ObjectValue.of([
        ['Type', oidArcs(type)],
        ['Value', lists],
      ]),
    ];
  } catch (error) {
    if (error instanceof BuiltinError) return [];
    throw error;
  }
}

function pairValue(pair: DerElement): Value {
  const [type, value] = childrenOf(pair);
  return ObjectValue.of([
    ['Type', oidArcs(type)],
    ['Value', value ? plainValue(value) : null],
  ]);
}

function plainValue(element: DerElement): Value {
  if (element.tag === tags.boolean) return element.content[0] !== 0;
  if (element.tag === tags.octetString) return encodeBase64(element.content);
  if (element.tag === tags.integer) return parseNumber(integerOf(element).toString())!;
  return textOf(element.content);
}
