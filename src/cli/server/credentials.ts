import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** What `pratique login` keeps: tokens by the origin of the server, and which server was logged in to last. */
export interface Credentials {
  readonly current?: string;
  readonly tokens: ReadonlyMap<string, string>;
}

/** The file that holds them, after the XDG Base Directory Specification. */
export function credentialsPath(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['XDG_CONFIG_HOME'];
  const base = given?.startsWith('/') ? given : join(homedir(), '.config');
  return join(base, 'pratique', 'credentials.json');
}

/** None where there is no file. */
export function readCredentials(path = credentialsPath()): Credentials {
  const text = readIfThere(path);
  if (text === undefined) return { tokens: new Map() };
  const { current, tokens } = parse(text, path);
  const entries = Object.entries(tokens).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { ...(typeof current === 'string' && { current }), tokens: new Map(entries) };
}

/** Puts them in place of those that are there, in a file that nobody else can read. */
export function writeCredentials({ current, tokens }: Credentials, path = credentialsPath()): void {
  const text = `${JSON.stringify({ current, tokens: Object.fromEntries(tokens) }, null, 2)}\n`;
  const temporary = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`cannot read ${path}: ${String(error)}`);
  }
}

function parse(text: string, path: string): { readonly current?: unknown; readonly tokens: object } {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && 'tokens' in json && typeof json.tokens === 'object')
      return { ...json, tokens: json.tokens ?? {} };
  } catch {
    // Said below.
  }
  throw new UsageError(`${path} cannot be read`, 'delete it, and run pratique login again');
}
