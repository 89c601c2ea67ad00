import { OpaError } from './opa-error.ts';

/**
 * The names in the path of a document: percent-decoded, empty ones left out, as OPA's server has it.
 * Throws an OpaError where one cannot be decoded or holds a quotation mark.
 */
export function readDataPath(path: string): readonly string[] {
  return path.split('/').flatMap(segment => {
    if (segment === '') return [];
    const name = decoded(segment);
    if (name === undefined || name.includes('"'))
      throw new OpaError(400, 'invalid_parameter', `invalid data path: ${JSON.stringify(segment)}`);
    return [name];
  });
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
