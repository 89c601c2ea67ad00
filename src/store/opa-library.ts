import findings from '../../opa/findings.rego';
import image from '../../opa/image.rego';
import pattern from '../../opa/pattern.rego';
import reference from '../../opa/reference.rego';
import submission from '../../opa/submission.rego';
import tag from '../../opa/tag.rego';
import verdict from '../../opa/verdict.rego';
import version from '../../opa/version.rego';
import type { TextFile } from '../bundles/index.ts';

/** The Rego that goes along with exported policies: the files of `opa/`; a test holds it against the folder. */
export const opaLibrary: readonly TextFile[] = [
  { path: 'findings.rego', text: findings },
  { path: 'image.rego', text: image },
  { path: 'pattern.rego', text: pattern },
  { path: 'reference.rego', text: reference },
  { path: 'submission.rego', text: submission },
  { path: 'tag.rego', text: tag },
  { path: 'verdict.rego', text: verdict },
  { path: 'version.rego', text: version },
];
