import { decodeBase64 } from '../base64.ts';

export interface PemBlock {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** What follows the block. */
  readonly rest: string;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

/** The first PEM block of a text (RFC 7468), what stands before it left out; undefined where there is none. */
export function decodePem(text: string): PemBlock | undefined {
  for (let at = nextBegin(text, 0); at !== -1; at = nextBegin(text, at + BEGIN.length)) {
    const lineEnd = text.indexOf('\n', at);
    if (lineEnd === -1) return undefined;
    const head = text.slice(at + BEGIN.length, lineEnd).trimEnd();
    if (!head.endsWith(DASHES)) continue;
    const type = head.slice(0, -DASHES.length);
    const end = `${DASHES}END ${type}${DASHES}`;
    const endAt = text.indexOf(end, lineEnd);
    if (endAt === -1) return undefined;
    const bytes = decodeBody(text.slice(lineEnd + 1, endAt));
    if (bytes === undefined) continue;
    const rest = text.slice(endAt + end.length).replace(/^[ \t\r]*(?:\n|$)/u, '');
    return { type, bytes, rest };
  }
  return undefined;
}

/** All PEM blocks of a text. */
export function decodePemBlocks(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let block = decodePem(text); block; block = decodePem(block.rest)) blocks.push(block);
  return blocks;
}

/** A block begins at the start of a line. */
function nextBegin(text: string, from: number): number {
  let at = text.indexOf(BEGIN, from);
  while (at > 0 && text[at - 1] !== '\n') at = text.indexOf(BEGIN, at + 1);
  return at;
}

/** Headers such as `Proc-Type: …` end with an empty line. */
function decodeBody(body: string): Uint8Array | undefined {
  const headers = /^(?:[^\n:]+:[^\n]*\n)+\s*\n/u.exec(body)?.[0] ?? '';
  return decodeBase64(body.slice(headers.length).replace(/[ \t]/gu, ''));
}
