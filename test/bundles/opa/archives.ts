import { gzip } from '../../../src/bundles/opa/gzip.ts';
import { type ArchiveFile, writeTar } from '../../../src/bundles/opa/tar.ts';

/** Files by their paths as what an archive holds. */
export function archiveFiles(files: Readonly<Record<string, string>>): readonly ArchiveFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
}

/** A `.tar.gz` of files; `change` spoils the archive before it is compressed. */
export function packed(
  files: Readonly<Record<string, string>>,
  change: (archive: Uint8Array<ArrayBuffer>) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const archive = writeTar(archiveFiles(files));
  change(archive);
  return gzip(archive);
}

/** Writes a field of the first header, and its checksum anew. */
export function headerField(archive: Uint8Array, at: number, text: string): void {
  archive.set(new TextEncoder().encode(text), at);
  const sum = archive
    .subarray(0, 512)
    .reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  archive.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
}
