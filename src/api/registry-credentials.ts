import { readDockerConfig, repositoryOf, toHostPattern } from '../evidence/index.ts';
import { ProblemError } from './problem.ts';
import type { RegistryBody } from './schemas/organisations.ts';

/** A registry as credentials are kept for it: by the host of its API, in lower case; undefined where it is none. */
export function registryHost(text: string): string | undefined {
  const host = toHostPattern(text);
  return host === undefined || host.startsWith('*') ? undefined : repositoryOf(host, '').host;
}

/**
 * The Docker configuration that holds credentials for one registry; throws a ProblemError where the
 * credentials are of another or cannot be read. What it says never holds a secret.
 */
export function dockerConfigFor(host: string, body: RegistryBody): string {
  const config = JSON.stringify('auths' in body ? { auths: body.auths } : { auths: { [host]: body } });
  const keys = [...read(config).keys()];
  if (keys.length === 0) throw invalid('there are no credentials');
  const other = keys.find(key => key !== host && !key.startsWith(`${host}/`));
  if (other !== undefined) throw invalid(`credentials of ${other} are not for ${host}`);
  return config;
}

function read(config: string) {
  try {
    return readDockerConfig(config);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(error.message);
    throw error;
  }
}

function invalid(message: string): ProblemError {
  return new ProblemError('invalid_request', message, { errors: [{ pointer: '', message }] });
}
