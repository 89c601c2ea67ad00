import { type Certificate, certificateValue, verifyChain } from '../../builtins/index.ts';
import { isArray, isObject, type Value } from '../../values/index.ts';
import { refuse } from './refused.ts';

/** The number that Go gives to the use of a certificate for signing code. */
const codeSigning = 3;
const digitalSignature = 1;

/** Throws unless a certificate for signing code leads to one of the anchors at a time (milliseconds since 1970). */
export function proveChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  anchors: readonly Certificate[],
  time: number,
): void {
  expectCodeSigning(leaf);
  const options = { time: Math.floor(time / 1000), dnsName: '', usages: [codeSigning] };
  const leads = anchors.some(anchor => verifyChain([anchor, ...intermediates, leaf], options) !== undefined);
  if (!leads) refuse(`no valid chain to a trusted certificate at ${new Date(time).toISOString()}`);
}

/** Throws where a certificate is for something else than signing. */
export function expectCodeSigning(certificate: Certificate): void {
  const fields = certificateValue(certificate);
  const usage = fields.get('KeyUsage');
  const uses = fields.get('ExtKeyUsage') ?? null;
  if (fields.get('IsCA') === true) refuse('the certificate is one of an authority, not of a signer');
  if (typeof usage === 'number' && usage !== 0 && (usage & digitalSignature) === 0)
    refuse('the key of the certificate is not for signatures');
  const anyUse = uses === null && fields.get('UnknownExtKeyUsage') === null;
  if (!anyUse && !(isArray(uses) && uses.includes(codeSigning)))
    refuse('the certificate is not for signing code');
}

/** Whom a certificate of one's own authority names: its alternative names, or its common name where there are none. */
export function certificateSubjects(certificate: Certificate): readonly string[] {
  const fields = certificateValue(certificate);
  const names = ['EmailAddresses', 'URIStrings', 'DNSNames'].flatMap(field => texts(fields.get(field)));
  if (names.length > 0) return names;
  const subject = fields.get('Subject') ?? null;
  return isObject(subject) ? texts([subject.get('CommonName') ?? '']) : [];
}

function texts(value: Value | undefined): readonly string[] {
  if (value === undefined || !isArray(value)) return [];
  return value.filter(item => typeof item === 'string').filter(item => item !== '');
}
