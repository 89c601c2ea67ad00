import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, object, string, tuple } from './types.ts';

const record = object(string, any);
const certs = [['certs', string]] as const;

export const x509Declarations: readonly BuiltinDeclaration[] = [
  declare(
    'crypto.x509.parse_certificates',
    certs,
    ['output', array(record)],
    'The certificates in a text of PEM blocks, or of DER or PEM in base64.',
  ),
  declare(
    'crypto.x509.parse_and_verify_certificates',
    certs,
    ['output', tuple(boolean, array(record))],
    'True and the chain from the last certificate to the first, which is trusted; false and nothing where there is none.',
  ),
  declare(
    'crypto.x509.parse_and_verify_certificates_with_options',
    [...certs, ['options', record]],
    ['output', tuple(boolean, array(record))],
    'As parse_and_verify_certificates, for the time, host name and key usages of the options.',
  ),
  declare(
    'crypto.x509.parse_certificate_request',
    [['csr', string]],
    ['output', record],
    'The certificate request in PEM, or in base64 of PEM or DER.',
  ),
  declare(
    'crypto.x509.parse_rsa_private_key',
    [['pem', string]],
    ['output', record],
    'The first private key in a text of PEM blocks or in its base64, as a JSON Web Key.',
  ),
  declare(
    'crypto.x509.parse_keypair',
    [
      ['cert', string],
      ['pem', string],
    ],
    ['output', record],
    'The certificate chain with the private key of its first certificate.',
  ),
  declare(
    'crypto.parse_private_keys',
    [['keys', string]],
    ['output', array(record)],
    'The private keys in a text of PEM blocks or in its base64; null for the empty text.',
  ),
];
