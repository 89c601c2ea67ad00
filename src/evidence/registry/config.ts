import { isObject, type ObjectValue } from '../../values/index.ts';
import { configFields, refuseOtherCase, runFields } from './known-fields.ts';
import { parseDocument } from './manifest.ts';

const what = 'the configuration';

/**
 * The configuration of an image. Throws a LookUpError where it is none, or where runtimes may read it in another
 * way than it is read here: a key twice, or one that differs from a known one only in case.
 */
export function readConfig(bytes: Uint8Array): ObjectValue {
  const document = parseDocument(bytes, what);
  refuseOtherCase(document, configFields, what);
  const config = document.get('config');
  if (config !== undefined && isObject(config)) refuseOtherCase(config, runFields, what);
  return document;
}
