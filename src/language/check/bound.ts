import type { Local } from '../normal/normal.ts';

/** Locals that hold a value wherever they are asked about. */
export interface Bound {
  has(local: Local): boolean;
}

/** The bound locals of a body on top of those around it, which are shared and not copied. */
export class BoundLocals implements Bound {
  private readonly own: Set<Local>;
  private readonly outer: BoundLocals | undefined;

  constructor(own: Iterable<Local> = [], outer?: BoundLocals) {
    this.own = new Set(own);
    this.outer = outer;
  }

  has(local: Local): boolean {
    for (let at: BoundLocals | undefined = this; at; at = at.outer) if (at.own.has(local)) return true;
    return false;
  }

  add(local: Local): void {
    this.own.add(local);
  }

  /** Those of a body inside, which begins with some of its own. */
  inside(own: Iterable<Local> = []): BoundLocals {
    return new BoundLocals(own, this);
  }

  /** The names that the author gave them. */
  names(): string[] {
    const names: string[] = [];
    for (let at: BoundLocals | undefined = this; at; at = at.outer)
      for (const { generated, name } of at.own) if (!generated && name !== '_') names.push(name);
    return names;
  }
}
