import type { Budget } from '../../base/index.ts';
import { parseAddress } from '../address.ts';
import { BuiltinError } from '../builtin.ts';
import { compileRegex } from '../re2.ts';
import { parseTime } from '../time/parse.ts';
import { readReference } from '../uri-reference.ts';
import { parseUuid } from '../uuid.ts';

const HOST =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\.?$/u;
const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/u;

/** Whether a text has a format; any text has one that is unknown. */
export function hasFormat(budget: Budget, format: string, text: string): boolean {
  const check = formats.get(format);
  return check === undefined || check(text, budget);
}

const formats = new Map<string, (text: string, budget: Budget) => boolean>([
  ['date', text => isTime(text, ['2006-01-02'])],
  ['time', text => isTime(text, ['15:04:05', '15:04:05Z07:00'])],
  ['date-time', text => isTime(text, ['15:04:05', '15:04:05Z07:00', '2006-01-02', 'RFC3339', 'RFC3339Nano'])],
  ['hostname', text => text.length < 256 && HOST.test(text)],
  ['email', text => EMAIL.test(text)],
  ['idn-email', text => EMAIL.test(text)],
  ['ipv4', text => !text.includes(':') && parseAddress(text) !== undefined],
  ['ipv6', text => text.includes(':') && parseAddress(text) !== undefined],
  ['uri', text => isReference(text, true)],
  ['iri', text => isReference(text, true)],
  ['uri-reference', text => isReference(text, false)],
  ['iri-reference', text => isReference(text, false)],
  ['uri-template', text => isReference(text, false) && /^(?:[^{}]|\{[^{}]*\})*$/u.test(text)],
  ['uuid', text => text.length === 36 && parseUuid(text) !== undefined],
  ['regex', (text, budget) => text === '' || succeeds(() => compileRegex(budget, text))],
  ['json-pointer', text => /^(?:\/(?:[^~/]|~[01])*)*$/u.test(text)],
  ['relative-json-pointer', text => /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/u.test(text)],
]);

function isTime(text: string, layouts: readonly string[]): boolean {
  return layouts.some(layout => succeeds(() => parseTime(layout, text)));
}

function isReference(text: string, absolute: boolean): boolean {
  if (text.includes('\\')) return false;
  return succeeds(() => {
    if (readReference(text).scheme === '' && absolute) throw new BuiltinError('no scheme');
  });
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}
