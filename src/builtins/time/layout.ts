/**
 * A piece of one of Go's layouts, which show how Monday, January 2nd 2006, 15:04:05 in MST would be
 * written: text that stands for itself, or an element that stands for a part of a time.
 */
export interface LayoutPiece {
  readonly text: string;
  readonly kind: 'text' | 'part' | 'zone' | 'fraction';
}

const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm|([-Z](?:070000|07:00:00|0700|07:00|07))|([.,](?:0+|9+)(?!\d))/gu;

/** Go's names for common layouts. */
const named: ReadonlyMap<string, string> = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
  ['RFC3339Nano', '2006-01-02T15:04:05.999999999Z07:00'],
]);

/** The pieces of a layout, or of the layout that a name stands for. */
export function layoutPieces(layout: string): readonly LayoutPiece[] {
  const source = named.get(layout) ?? layout;
  const pieces: LayoutPiece[] = [];
  let from = 0;
  for (const match of source.matchAll(ELEMENT)) {
    const [text, zone, fraction] = match;
    if (match.index > from) pieces.push({ text: source.slice(from, match.index), kind: 'text' });
    pieces.push({ text, kind: zone ? 'zone' : fraction ? 'fraction' : 'part' });
    from = match.index + text.length;
  }
  if (from < source.length) pieces.push({ text: source.slice(from), kind: 'text' });
  return pieces;
}
