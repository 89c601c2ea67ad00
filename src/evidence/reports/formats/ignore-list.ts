import { isObject, type ObjectValue } from '../../../values/index.ts';
import { objectOf, requiredListAt, requiredText, textAt, unreadable } from '../fields.ts';
import { given } from '../optional.ts';
import type { Ignore } from '../report.ts';
import { toMomentOrDate } from '../times.ts';
import type { Format } from './format.ts';

/**
 * `{"ignore": [{"id": "CVE-…", "until": "2027-01-31", "because": "…", "package": "openssl"}]}`: vulnerabilities that
 * somebody answers for, for a time. `until` and `because` must be there; `package` confines an entry to a package,
 * by its name or its package URL.
 */
export const ignoreList: Format = {
  title: 'list of ignores',
  recognises: document => isObject(document) && document.has('ignore') && document.size === 1,
  read: document => ({
    ignores: requiredListAt(objectOf(document, 'the list'), 'ignore').map(item =>
      ignoreOf(objectOf(item, 'each of ignore')),
    ),
  }),
};

function ignoreOf(item: ObjectValue): Ignore {
  return {
    id: requiredText(item, 'id'),
    until: toMomentOrDate(requiredText(item, 'until')) ?? unreadable('"until" is no date'),
    because: requiredText(item, 'because'),
    ...given({ package: textAt(item, 'package') }),
  };
}
