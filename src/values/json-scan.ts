export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const BACKSLASH = 0x5c;

/** What one pass over a JSON text outside its strings finds, without recursion. */
export interface JsonScan {
  /** How deep the brackets go; not more than one beyond `deepest`, where the scan ends. */
  readonly depth: number;
  readonly colons: number;
}

export function scanJson(text: string, deepest: number): JsonScan {
  let open = 0;
  let depth = 0;
  let colons = 0;
  for (let at = 0; at < text.length && depth <= deepest; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) colons++;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth = Math.max(depth, ++open);
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) open--;
  }
  return { depth, colons };
}

/** The offset of the quote that ends the string, or the end of the text. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}
