/** Where a text stands in another at or after a place; -1 where it does not. */
export type Finder = (text: string, from: number) => number;

/** A part up to this long is left to the engine, which may take the product of both lengths. */
const shortPart = 64;

/** Finds `part`, which is not empty, in time linear in what is searched. */
export function finderOf(part: string): Finder {
  if (part.length <= shortPart) return (text, from) => text.indexOf(part, from);
  const borders = bordersOf(part);
  return (text, from) => search(text, part, borders, from);
}

/** The places of a part that do not overlap. */
export function placesOf(text: string, part: string): number[] {
  const find = finderOf(part);
  const places: number[] = [];
  for (let at = find(text, 0); at !== -1; at = find(text, at + part.length)) places.push(at);
  return places;
}

/** The parts of a text between the places of another, which is not empty. */
export function splitText(text: string, delimiter: string): string[] {
  if (delimiter.length <= shortPart) return text.split(delimiter);
  const parts: string[] = [];
  let from = 0;
  for (const at of placesOf(text, delimiter)) {
    parts.push(text.slice(from, at));
    from = at + delimiter.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Knuth, Morris and Pratt: what was matched is never looked at again. */
function search(text: string, part: string, borders: Int32Array, from: number): number {
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && part.charCodeAt(matched) !== unit) matched = borders[matched - 1]!;
    if (part.charCodeAt(matched) === unit) matched++;
    if (matched === part.length) return at + 1 - matched;
  }
  return -1;
}

/** For each beginning of the part, the length of the longest shorter one that it also ends with. */
function bordersOf(part: string): Int32Array {
  const borders = new Int32Array(part.length);
  let length = 0;
  for (let at = 1; at < part.length; at++) {
    while (length > 0 && part.charCodeAt(length) !== part.charCodeAt(at)) length = borders[length - 1]!;
    if (part.charCodeAt(length) === part.charCodeAt(at)) length++;
    borders[at] = length;
  }
  return borders;
}
