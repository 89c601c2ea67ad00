import type { ObjectIdentity } from '../images/index.ts';
import { type Branch, isMapping, isSequence, type Node, textOf } from './branch.ts';

/** Which object a mapping is, as far as it says so itself. */
export function identityOf(branch: Branch): ObjectIdentity {
  const metadata = branch.get('metadata');
  return present({
    apiVersion: textOf(branch.get('apiVersion')),
    kind: textOf(branch.get('kind')),
    name: isMapping(metadata) ? textOf(metadata.get('name')) : undefined,
    namespace: isMapping(metadata) ? textOf(metadata.get('namespace')) : undefined,
  });
}

/** The identity with what it lacks taken from another. */
export function completed(identity: ObjectIdentity, other: ObjectIdentity): ObjectIdentity {
  return { ...other, ...identity };
}

/** Without the fields that are undefined. */
export function present(fields: { [K in keyof ObjectIdentity]: string | undefined }): ObjectIdentity {
  return Object.fromEntries(Object.entries(fields).filter(entry => entry[1] !== undefined));
}

/** The names in a list of `{name}` or of strings; undefined where the node is no list. */
export function secretNames(node: Node | undefined): readonly string[] | undefined {
  if (!isSequence(node)) return undefined;
  const names = node.members.map(item => (isMapping(item) ? textOf(item.get('name')) : textOf(item)));
  return names.filter(name => name !== undefined).filter(name => name !== '');
}
