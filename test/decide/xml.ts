/** An element of a well-formed document. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The root of an XML 1.0 document made of elements, attributes, text and references. Throws where the
 * text is not well-formed.
 */
export function parseXml(text: string): Element {
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a character that XML cannot hold');
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  const body = text.replace(/^<\?xml [^?]*\?>/u, '');
  let end = 0;
  for (const match of body.matchAll(/<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?)>/gu)) {
    open.at(-1)!.text += dereference(body.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[1] === '/') close(open, match[2]!);
    else begin(open, match[2]!, match[3]!, match[4] === '/');
  }
  if (
    open.length !== 1 ||
    root.children.length !== 1 ||
    body.slice(end).trim() !== '' ||
    root.text.trim() !== ''
  )
    throw new Error('not one element');
  return root.children[0]!;
}

/** All elements of a name below an element. */
export function elements(element: Element, name: string): Element[] {
  return element.children.flatMap(child => [
    ...(child.name === name ? [child] : []),
    ...elements(child, name),
  ]);
}

function begin(open: Element[], name: string, list: string, empty: boolean): void {
  const pairs = [...list.matchAll(/([\w.-]+)="([^"]*)"/gu)].map(
    ([, key, value]) => [key!, dereference(value!)] as const,
  );
  const attributes = new Map(pairs);
  if (attributes.size !== pairs.length) throw new Error(`an attribute of ${name} twice`);
  const element: Element = { name, attributes, children: [], text: '' };
  open.at(-1)!.children.push(element);
  if (!empty) open.push(element);
}

function close(open: Element[], name: string): void {
  if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> closes nothing`);
}

function dereference(text: string): string {
  if (/[<]|\]\]>/u.test(text)) throw new Error(`stray markup in ${text}`);
  return text.replace(/&([^;&]*);?/gu, (whole, name: string) => {
    const code = /^#(\d+)$/u.exec(name)?.[1];
    const plain = code === undefined ? entities[name] : String.fromCodePoint(Number(code));
    if (plain === undefined || !whole.endsWith(';')) throw new Error(`unknown reference ${whole}`);
    return plain;
  });
}
