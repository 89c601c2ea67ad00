import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of the secrets of a deployment is made up on this machine. */
export interface LocalSecrets {
  /** For wrangler's `--env-file`. */
  readonly path: string;
  readonly operatorToken: string;
}

const line = /^PRATIQUE_OPERATOR_TOKEN=(\S+)$/mu;

/**
 * The secrets of the Worker on this machine, beside its database, which is of no use without them. Made where
 * there are none; only their owner may read them.
 */
export function localSecrets(folder: string): LocalSecrets {
  const path = join(folder, 'secrets.env');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, newSecrets(), { mode: 0o600 });
  }
  const operatorToken = line.exec(readFileSync(path, 'utf8'))?.[1];
  if (operatorToken === undefined) throw new Error(`${path} has no PRATIQUE_OPERATOR_TOKEN: delete it`);
  return { path, operatorToken };
}

function newSecrets(): string {
  const operatorToken = randomBytes(32).toString('base64url');
  const sealingKey = randomBytes(32).toString('base64');
  return `PRATIQUE_OPERATOR_TOKEN=${operatorToken}\nPRATIQUE_SEALING_KEY="${sealingKey}"\n`;
}
