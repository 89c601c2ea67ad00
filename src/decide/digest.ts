import { createHash } from 'node:crypto';
import type { PolicyFile } from '../language/index.ts';
import { compareStrings, stringify, type Value } from '../values/index.ts';

/**
 * `sha256:…` of what a policy is made of, whatever order its files come in: path, edition, dialect and
 * text of each file, the data as JSON with sorted keys, and the hosts that it may reach, if any.
 */
export function policyDigest(
  files: readonly PolicyFile[],
  data: Value,
  hosts: readonly string[] = [],
): string {
  const sorted = [...files].sort(
    (a, b) => compareStrings(a.source.path, b.source.path) || compareStrings(a.source.text, b.source.text),
  );
  const content = sorted.map(({ source, version, dialect }) => [
    source.path,
    version ?? 'v1',
    dialect ?? (source.path.endsWith('.policy') ? 'policy' : 'rego'),
    source.text,
  ]);
  const reach = hosts.length > 0 ? [[...hosts].sort(compareStrings)] : [];
  return `sha256:${sha256(JSON.stringify(['pratique policy', content, stringify(data), ...reach]))}`;
}

/** The SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
