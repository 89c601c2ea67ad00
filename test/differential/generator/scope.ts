import type { Type } from '../../../src/builtins/types.ts';

/** A text that stands for a value of a type. */
export interface Known {
  readonly text: string;
  readonly type: Type;
}

export interface KnownFunction {
  readonly name: string;
  readonly args: readonly Type[];
  readonly result: Type;
}

/** What a term at some place may refer to. Inner bodies see what outer ones declared. */
export class Scope {
  private readonly locals: Known[];
  private readonly names: { next: number };

  constructor(outer?: Scope) {
    this.locals = outer ? [...outer.locals] : [];
    this.names = outer?.names ?? { next: 0 };
  }

  child(): Scope {
    return new Scope(this);
  }

  /** A name that nothing else of the rule has. */
  fresh(): string {
    return `x${this.names.next++}`;
  }

  declare(text: string, type: Type): void {
    this.locals.push({ text, type });
  }

  get known(): readonly Known[] {
    return this.locals;
  }
}

/** Whether a checker of types would let a value of one type stand where another is wanted. */
export function fits(given: Type, wanted: Type): boolean {
  if (given.kind === 'any' || wanted.kind === 'any') return true;
  if (wanted.kind === 'union') return wanted.of.some(each => fits(given, each));
  if (given.kind === 'union') return given.of.some(each => fits(each, wanted));
  if (given.kind === 'array' && wanted.kind === 'array')
    return (
      given.items.length === wanted.items.length && fits(given.dynamic ?? anyType, wanted.dynamic ?? anyType)
    );
  if (given.kind === 'set' && wanted.kind === 'set') return fits(given.of, wanted.of);
  return given.kind === wanted.kind;
}

const anyType: Type = { kind: 'any' };
