import { parseJson, type Value } from '../../values/index.ts';
import { unreadable } from './fields.ts';
import { fromTagValue, isTagValue } from './formats/spdx-tag-value.ts';

/** The document in a text: JSON, or SPDX as tags and values. XML is not read. */
export function parseText(text: string): Value {
  const document = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (isTagValue(document)) return fromTagValue(document);
  try {
    return parseJson(document);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable(/^\s*</.test(document) ? 'it is XML, which is not read' : 'it is not JSON');
  }
}
