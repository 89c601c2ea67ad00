import { type Paint, type PaintRole, plain } from '../base/index.ts';

/** SGR codes. */
const CODES: Readonly<Record<PaintRole, string>> = {
  error: '31',
  warning: '33',
  success: '32',
  place: '36',
  strong: '1',
  faint: '2',
  hint: '34',
};

const coloured: Paint = (role, text) => (text === '' ? text : `\u001b[${CODES[role]}m${text}\u001b[0m`);

/**
 * Colours for a terminal, none for anything else, or where NO_COLOR says so (https://no-color.org);
 * FORCE_COLOR wants them everywhere.
 */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  if (env['NO_COLOR']) return plain;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced === '0' ? plain : coloured;
  return stream.isTTY === true && env['TERM'] !== 'dumb' ? coloured : plain;
}
