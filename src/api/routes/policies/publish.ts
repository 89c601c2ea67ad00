import { isName, versionDigest } from '../../../bundles/index.ts';
import {
  exceedsQuota,
  findVersion,
  type Precondition,
  PreconditionError,
  type PublishedVersion,
  publishVersion,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { quotaExceeded } from '../../access/quota.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { readPrecondition, revisionTag, underPrecondition } from '../../requests/preconditions.ts';
import type { Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { versionHead } from './answers.ts';
import { prepareVersion, type VersionDraft } from './prepare-version.ts';
import { readVersionBody } from './version-body.ts';

export const publishRoute: Route = {
  method: 'PUT',
  path: '/v1/orgs/{org}/policies/{policy}',
  access: { role: 'publish' },
  operation: {
    id: 'publishVersion',
    summary: 'Publish a version',
    description:
      'The files are compiled with the layers that they extend, and their tests run, before the version is there; ' +
      'a version never changes. The same files again are the same version, answered with 200. `If-Match` with ' +
      'the ETag of the policy guards against lost updates, `If-None-Match: *` makes a new policy only.',
    body: {
      'application/json': {
        schema: ref('NewVersion'),
        example: { files: { 'acme.policy': 'package acme\n\ndeny tag "latest"\n' }, note: 'no latest' },
      },
      'multipart/form-data': {
        schema: { type: 'object', description: 'The files by their names, and a field `note`' },
      },
      'application/gzip': {
        schema: { type: 'string', description: 'An OPA bundle, or another `.tar.gz` of the files' },
      },
    },
    answers: {
      200: {
        description: 'These files were published before',
        content: { 'application/json': ref('PublishedVersion') },
      },
      201: { description: 'It is published', content: { 'application/json': ref('PublishedVersion') } },
    },
    problems: [
      'invalid_json',
      'invalid_request',
      'invalid_encoding',
      'invalid_multipart',
      'precondition_failed',
      'too_large',
      'unsupported_media_type',
      'policy_error',
      'tests_failed',
      'limit_exceeded',
      'quota_exceeded',
    ],
  },

  async handle(context, services) {
    const principal = principalOf(context);
    const policy = context.req.param('policy') ?? '';
    refuseName(policy);
    const precondition = readPrecondition(context.req.raw.headers);
    const { files, note } = await readVersionBody(context.req.raw);
    const draft = { principal, policy, files, digest: versionDigest(files) };
    const { published, warnings } = await underPrecondition(publish(services, draft, note, precondition));
    const { version, revision, isNew } = published;
    Object.assign(context.get('facts'), { policy: [version.digest] });
    const name = `${version.org}/${version.policy}`;
    return Response.json(
      { policy: name, ...versionHead(version), ...version.manifest, revision, warnings },
      {
        status: isNew ? 201 : 200,
        headers: {
          etag: revisionTag(revision),
          location: `/v1/orgs/${version.org}/policies/${version.policy}/versions/${version.number}`,
        },
      },
    );
  },
};

async function publish(
  { deps }: Services,
  draft: VersionDraft,
  note: string | undefined,
  precondition: Precondition,
) {
  const { principal, policy, digest, files } = draft;
  const { org, identity: actor } = principal;
  const database = databaseOf(deps);
  const selector = { kind: 'digest', value: digest } as const;
  const same = await findVersion(database, { org, name: policy, selector });
  if (same !== undefined) return { published: again(same, precondition), warnings: [] };
  const { manifest, bases, warnings } = await prepareVersion(deps, draft);
  const version = { org, policy, digest, files, manifest, bases, actor, ...(note !== undefined && { note }) };
  const now = deps.now();
  try {
    return { published: await publishVersion(database, version, precondition, now), warnings };
  } catch (error) {
    if (exceedsQuota(error)) throw quotaExceeded(now);
    throw error;
  }
}

/** The version that is there; whoever wanted to publish it on top of another revision is told so. */
function again(same: Omit<PublishedVersion, 'isNew'>, precondition: Precondition): PublishedVersion {
  const holds =
    typeof precondition === 'object' ? precondition.revision === same.revision : precondition === undefined;
  if (!holds) throw new PreconditionError();
  return { ...same, isNew: false };
}

function refuseName(policy: string): void {
  if (isName(policy)) return;
  throw new ProblemError('invalid_request', `${JSON.stringify(policy)} is no name of a policy`, {
    hint: 'a name has 1 to 64 characters of a to z, 0 to 9 and -, with no - at either end',
  });
}
