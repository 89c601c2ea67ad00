import { Branch, type Node } from './branch.ts';
import { interpolate } from './interpolation.ts';

/** A compose file with its variables put in, as far as they have defaults. */
export interface Interpolation {
  readonly root: Branch;
  /** The texts that stay as written, for one of their variables has no known value. */
  readonly unresolved: ReadonlySet<string>;
  /** How the texts that have changed were written. */
  readonly written: ReadonlyMap<string, string>;
}

/** Puts values in place of variables in every text of a document before any is read; keys stay as they are. */
export function interpolateTree(root: Branch): Interpolation {
  const interpolator = new Interpolator();
  const { unresolved, written } = interpolator;
  return { root: interpolator.branch(root), unresolved, written };
}

class Interpolator {
  readonly unresolved = new Set<string>();
  readonly written = new Map<string, string>();
  /** What aliases share is made once. */
  private readonly made = new Map<Branch, Branch>();

  branch(branch: Branch): Branch {
    const before = this.made.get(branch);
    if (before !== undefined) return before;
    const members = branch.members.map(member => this.node(member));
    const isSame = members.every((member, i) => member === branch.members[i]);
    const made = isSame ? branch : new Branch(branch.value, branch.keys, members, branch.offsets);
    this.made.set(branch, made);
    return made;
  }

  private node(node: Node): Node {
    if (node instanceof Branch) return this.branch(node);
    return typeof node === 'string' ? this.text(node) : node;
  }

  private text(written: string): string {
    const text = interpolate(written, { lookup: () => undefined, escape: '$' });
    if (text === undefined) this.unresolved.add(written);
    else if (text !== written) this.written.set(text, written);
    return text ?? written;
  }
}
