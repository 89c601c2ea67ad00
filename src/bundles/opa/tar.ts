/** A file in an archive, by its path inside it without a leading `/`. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Thrown where bytes are no archive that is read here; the message says why. */
export class ArchiveError extends Error {}

const BLOCK = 512;

/** Files of one archive. */
const FILES = 10_000;

/** Types of entries: files as POSIX and as older writers mark them. */
const fileTypes: ReadonlySet<string> = new Set(['0', '\0']);
const DIRECTORY = '5';
const PAX_HEADER = 'x';
const PAX_GLOBAL = 'g';
const LONG_NAME = 'L';

/** A tar archive in the USTAR format of POSIX; the same bytes for the same files, sorted by path. */
export function writeTar(files: readonly ArchiveFile[]): Uint8Array<ArrayBuffer> {
  const blocks = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, bytes }) => [header(path, bytes.length), bytes, padding(bytes.length)]);
  return join([...blocks, new Uint8Array(2 * BLOCK)]);
}

/**
 * The files of a tar archive. Refused are links and devices, paths that lead out of the archive, a path that is there
 * twice, and an archive that ends too soon: throws an ArchiveError.
 */
export function readTar(archive: Uint8Array<ArrayBuffer>): readonly ArchiveFile[] {
  const files = new Map<string, ArchiveFile>();
  let longPath: string | undefined;
  for (let at = 0; at < archive.length; ) {
    const entry = readHeader(archive, at);
    if (entry === undefined) break;
    const start = at + BLOCK;
    const bytes = archive.subarray(start, start + entry.size);
    if (bytes.length < entry.size) throw new ArchiveError('the archive ends inside a file');
    if (entry.type === LONG_NAME) longPath = textOf(bytes);
    else if (entry.type === PAX_HEADER) longPath = paxPath(bytes) ?? longPath;
    else if (entry.type !== PAX_GLOBAL) {
      const path = safePath(longPath ?? entry.path);
      longPath = undefined;
      if (entry.type !== DIRECTORY) addFile(files, entry.type, { path, bytes: bytes.slice() });
    }
    at = start + padded(entry.size);
  }
  return [...files.values()];
}

function addFile(files: Map<string, ArchiveFile>, type: string, file: ArchiveFile): void {
  if (!fileTypes.has(type)) throw new ArchiveError(`${file.path} is a link or a device, not a file`);
  if (files.has(file.path)) throw new ArchiveError(`${file.path} is there twice`);
  if (files.size === FILES) throw new ArchiveError(`there are more than ${FILES} files`);
  files.set(file.path, file);
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly type: string;
}

/** Undefined at the block of zeros that ends an archive. */
function readHeader(archive: Uint8Array<ArrayBuffer>, at: number): Entry | undefined {
  const block = archive.subarray(at, at + BLOCK);
  if (block.length < BLOCK) throw new ArchiveError('the archive ends inside a header');
  if (block.every(byte => byte === 0)) return undefined;
  if (readOctal(block, 148, 8) !== checksum(block)) throw new ArchiveError('it is no tar archive');
  const name = field(block, 0, 100);
  const prefix = field(block, 257, 5) === 'ustar' ? field(block, 345, 155) : '';
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: readOctal(block, 124, 12),
    type: String.fromCharCode(block[156]!),
  };
}

/** The path of an extended header: lines of `LENGTH KEY=VALUE`. */
function paxPath(bytes: Uint8Array): string | undefined {
  const records = textOf(bytes).matchAll(/^\d+ ([^=\n]+)=(.*)$/gmu);
  const found = new Map([...records].map(match => [match[1]!, match[2]!]));
  if (found.has('size')) throw new ArchiveError('a file is larger than 8 GB');
  return found.get('path');
}

/** The path without a leading `/` or `./`; throws where it leads elsewhere. */
function safePath(text: string): string {
  const path = text.replace(/\0.*$/su, '').replace(/^(?:\.?\/)+/u, '');
  const parts = path.replace(/\/$/u, '').split('/');
  const odd = parts.some(part => part === '..' || part === '.' || (part === '' && parts.length > 1));
  if (odd || /[\\\p{Cc}]/u.test(path))
    throw new ArchiveError(`the path ${JSON.stringify(text)} leads out of the archive`);
  return path;
}

function header(path: string, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const { name, prefix } = splitPath(path);
  put(block, 0, name);
  put(block, 100, '0000644\0');
  put(block, 108, '0000000\0');
  put(block, 116, '0000000\0');
  put(block, 124, `${size.toString(8).padStart(11, '0')}\0`);
  put(block, 136, '00000000000\0');
  put(block, 148, '        ');
  put(block, 156, '0');
  put(block, 257, 'ustar\x0000');
  put(block, 345, prefix);
  put(block, 148, `${checksum(block).toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** USTAR keeps a path of more than 100 bytes in two fields. */
function splitPath(path: string): { readonly name: string; readonly prefix: string } {
  const length = (text: string): number => new TextEncoder().encode(text).length;
  if (length(path) <= 100) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (length(prefix) <= 155 && length(name) <= 100) return { name, prefix };
  }
  throw new ArchiveError(`the path ${JSON.stringify(path)} is too long for an archive`);
}

/** The sum of the bytes of a header, its own field taken for spaces. */
function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

function readOctal(block: Uint8Array, at: number, length: number): number {
  const text = field(block, at, length).trim();
  if (!/^[0-7]{1,12}$/u.test(text)) throw new ArchiveError('it is no tar archive');
  return Number.parseInt(text, 8);
}

function field(block: Uint8Array, at: number, length: number): string {
  return textOf(block.subarray(at, at + length)).replace(/\0.*$/su, '');
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function put(block: Uint8Array, at: number, text: string): void {
  block.set(new TextEncoder().encode(text), at);
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function padding(size: number): Uint8Array {
  return new Uint8Array(padded(size) - size);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
