import {
  type Certificate,
  childrenOf,
  context,
  oidOf,
  readOnly,
  tags,
  textOf,
} from '../../builtins/index.ts';
import { refuse } from './refused.ts';

/** Who Fulcio says holds a certificate. */
export interface FulcioIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** By the names of `claimArcs`. */
  readonly claims: ReadonlyMap<string, string>;
}

const alternativeName = '2.5.29.17';
const fulcio = '1.3.6.1.4.1.57264.1';
const issuerV1 = 1;
const issuerV2 = 8;
/** From here on, values are UTF8Strings in DER; before, they are the bare text. */
const firstEncoded = 8;

/** Fulcio's extensions by the last arc of their identifier (fulcio, docs/oid-info.md). */
const claimArcs: ReadonlyMap<string, number> = new Map([
  ['github_workflow_trigger', 2],
  ['github_workflow_sha', 3],
  ['github_workflow_name', 4],
  ['github_workflow_repository', 5],
  ['github_workflow_ref', 6],
  ['build_signer', 9],
  ['build_signer_digest', 10],
  ['runner_environment', 11],
  ['source_repository', 12],
  ['source_repository_digest', 13],
  ['source_repository_ref', 14],
  ['source_repository_id', 15],
  ['source_repository_owner', 16],
  ['source_repository_owner_id', 17],
  ['build_config', 18],
  ['build_config_digest', 19],
  ['build_trigger', 20],
  ['run_invocation', 21],
  ['source_repository_visibility', 22],
  ['deployment_environment', 23],
]);

/** Fulcio's own names of some of them, which end in what they are. */
const longNames: ReadonlyMap<string, string> = new Map([
  ['build_signer_uri', 'build_signer'],
  ['source_repository_uri', 'source_repository'],
  ['source_repository_identifier', 'source_repository_id'],
  ['source_repository_owner_uri', 'source_repository_owner'],
  ['source_repository_owner_identifier', 'source_repository_owner_id'],
  ['build_config_uri', 'build_config'],
  ['run_invocation_uri', 'run_invocation'],
  ['source_repository_visibility_at_signing', 'source_repository_visibility'],
]);

/** The name under which an identity has a claim; undefined where there is no such claim. */
export function claimName(name: string): string | undefined {
  const known = longNames.get(name) ?? name;
  return claimArcs.has(known) ? known : undefined;
}

/** Throws where the certificate does not say who holds it, or names several. */
export function readFulcioIdentity(certificate: Certificate): FulcioIdentity {
  const issuer = claim(certificate, issuerV2) ?? claim(certificate, issuerV1);
  if (issuer === undefined) return refuse('the certificate names no issuer of an identity');
  const claims = new Map<string, string>();
  for (const [name, arc] of claimArcs) {
    const value = claim(certificate, arc);
    if (value !== undefined) claims.set(name, value);
  }
  return { issuer, subject: subjectOf(certificate), claims };
}

function claim(certificate: Certificate, arc: number): string | undefined {
  const value = extension(certificate, `${fulcio}.${arc}`);
  if (value === undefined) return undefined;
  return textOf(arc < firstEncoded ? value : readOnly(value, tags.utf8String).content);
}

function extension({ extensions }: Certificate, id: string): Uint8Array | undefined {
  const found = extensions.filter(each => each.id.join('.') === id);
  if (found.length > 1) return refuse('the certificate has an extension twice');
  return found[0]?.value;
}

/** A certificate of Fulcio has one alternative name: an email address, a URI, or a user name of its own kind. */
function subjectOf(certificate: Certificate): string {
  const names = extension(certificate, alternativeName);
  const [name, ...more] = names === undefined ? [] : childrenOf(readOnly(names));
  if (name === undefined) return refuse('the certificate names no subject');
  if (more.length > 0) return refuse('the certificate names several subjects');
  if (name.tag === context(1, false) || name.tag === context(6, false)) return textOf(name.content);
  if (name.tag !== context(0)) return refuse('the subject of the certificate is of no known kind');
  return userName(name.raw);
}

/** `OtherName` of type 1.3.6.1.4.1.57264.1.7: a UTF8String in an explicit tag. */
function userName(raw: Uint8Array): string {
  const [type, value] = childrenOf(readOnly(raw), context(0));
  if (oidOf(type) !== `${fulcio}.7` || value === undefined)
    return refuse('the subject of the certificate is of no known kind');
  return textOf(readOnly(readOnly(value.raw, context(0)).content, tags.utf8String).content);
}
