/** The text in parts of at most `length` UTF-16 units, none of which ends inside a character; one for an empty text. */
export function cutText(text: string, length: number): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length || parts.length === 0; ) {
    const end = at + length;
    const isInside = end < text.length && /[\uD800-\uDBFF]/u.test(text.charAt(end - 1));
    parts.push(text.slice(at, isInside ? end - 1 : end));
    at = isInside ? end - 1 : end;
  }
  return parts;
}
