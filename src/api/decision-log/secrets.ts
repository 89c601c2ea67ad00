import { isArray, isObject, type Value } from '../../values/index.ts';
import { type MaskedPlaces, mapMembers } from './masking.ts';

/** `kubectl apply` leaves a copy of the whole object there. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Of a Kubernetes Secret. */
const secretFields: ReadonlySet<string> = new Set(['data', 'stringData']);

/** Instructions of a Dockerfile that set variables, and where their values stand. */
const settingInstructions: ReadonlySet<Value> = new Set(['ENV', 'ARG']);
const instructionFields: ReadonlySet<string> = new Set(['value', 'words', 'variables']);

/**
 * Objects without what is secret by where it stands, whatever an organisation has chosen to mask: the values
 * of environment variables (Kubernetes `env`, compose `environment` and `build.args`, ENV and ARG of Dockerfiles),
 * what is in a Secret, and the copy of an object that kubectl keeps in it.
 */
export function maskSecrets(value: Value, path: readonly string[], places: MaskedPlaces): Value {
  if (!isObject(value) && !isArray(value)) return value;
  const fields = isObject(value) ? ownSecrets(value.get('kind'), value.get('instruction')) : noFields;
  const isFile = isObject(value) && value.get('kind') === 'Dockerfile';
  return mapMembers(value, (member, key) => {
    const place = [...path, key];
    if (fields.has(key) || key === lastApplied) return places.maskSecret(place, member);
    if (isVariables(key, path) || (isFile && key === 'args')) return maskVariables(member, place, places);
    return maskSecrets(member, place, places);
  });
}

const noFields: ReadonlySet<string> = new Set();

function ownSecrets(kind: Value | undefined, instruction: Value | undefined): ReadonlySet<string> {
  if (kind === 'Secret') return secretFields;
  return instruction !== undefined && settingInstructions.has(instruction) ? instructionFields : noFields;
}

/** Whether a field holds variables by its name: `env`, `environment`, and `args` of a `build`. */
function isVariables(key: string, path: readonly string[]): boolean {
  return key === 'env' || key === 'environment' || (key === 'args' && path.at(-1) === 'build');
}

/** Of `{name, value}` the value, of `{NAME: value}` each, of `NAME=value` all of it. */
function maskVariables(value: Value, path: readonly string[], places: MaskedPlaces): Value {
  if (isArray(value)) {
    return mapMembers(value, (member, key) => {
      const place = [...path, key];
      if (!isObject(member)) return places.maskSecret(place, member);
      return mapMembers(member, (field, name) =>
        name === 'value' ? places.maskSecret([...place, name], field) : field,
      );
    });
  }
  if (!isObject(value)) return value;
  return mapMembers(value, (member, key) => places.maskSecret([...path, key], member));
}
