/** Characters that move the cursor, reorder what is read, or cannot be seen. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufff9-\uffff]/gu;
const CONTROL = /(?!\n|\r\n)\p{Cc}/gu;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}]$/u;

/** First and last code points of what terminals show two columns wide. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/**
 * The text on one line, safe to show: control characters as their pictures (`␛`), a line break as a
 * space, what reorders or hides text as `�`. Untrusted text can so neither steer a terminal nor
 * look like something else.
 */
export function printable(text: string): string {
  return text.replace(/\r?\n|\t/gu, ' ').replace(UNPRINTABLE, picture);
}

/**
 * The text as it may go into a line-based format: control characters but line breaks as their pictures, half a
 * character, which UTF-8 cannot hold, as `�`.
 */
export function visible(text: string): string {
  return text.toWellFormed().replace(CONTROL, picture);
}

/** How many columns a terminal gives the text. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
