import { type PolicyHead, readContents } from '../../../store/index.ts';
import { databaseOf } from '../../deps.ts';
import { answerTagged } from '../../requests/preconditions.ts';
import type { RequestContext } from '../../route.ts';
import type { Services } from '../../services.ts';
import { versionHead } from './answers.ts';
import { findVersionOf } from './find-policy.ts';

/** The version that the path names, with its files; it never changes. */
export async function answerVersion(
  context: RequestContext,
  services: Services,
  head: PolicyHead,
): Promise<Response> {
  const version = await findVersionOf(services, head, context.req.param('version') ?? '');
  const [files = []] = await readContents(databaseOf(services.deps), [version]);
  return answerTagged(context.req.raw, `"${version.digest}"`, {
    policy: `${version.org}/${version.policy}`,
    ...versionHead(version),
    ...version.manifest,
    files: Object.fromEntries(files.map(({ path, text }) => [path, text])),
  });
}
