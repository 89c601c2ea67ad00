import { isArray, isObject, ObjectBuilder, type ObjectValue, type Value } from '../../values/index.ts';
import { BuiltinError } from '../builtin.ts';
import { keyText } from './scalar.ts';

/** A value with the number of nodes in it and the levels below it, aliases counted each time. */
export interface Composed {
  readonly value: Value;
  readonly size: number;
  readonly height: number;
}

/** A collection whose end has not been read. */
export interface Frame {
  readonly anchor: string | undefined;
  /** Takes the next key, value or item; `merges` tells of the key `<<`. */
  add(composed: Composed, merges: boolean): void;
  finish(): Composed;
}

export class SequenceFrame implements Frame {
  readonly anchor: string | undefined;
  private readonly items: Value[] = [];
  private size = 1;
  private height = 0;

  constructor(anchor: string | undefined) {
    this.anchor = anchor;
  }

  add(composed: Composed): void {
    this.items.push(composed.value);
    this.size += composed.size;
    this.height = Math.max(this.height, composed.height);
  }

  finish(): Composed {
    return { value: this.items, size: this.size, height: this.height + 1 };
  }
}

/** A key that is there twice has its last value; keys of the mapping itself go before those it merges. */
export class MappingFrame implements Frame {
  readonly anchor: string | undefined;
  private readonly builder = new ObjectBuilder();
  private readonly merged: ObjectValue[] = [];
  private key: { readonly text: string } | 'merge' | undefined;
  private size = 1;
  private height = 0;

  constructor(anchor: string | undefined) {
    this.anchor = anchor;
  }

  add(composed: Composed, merges: boolean): void {
    if (this.key === undefined) {
      this.key = merges ? 'merge' : { text: keyText(composed.value) };
      return;
    }
    this.size += composed.size;
    this.height = Math.max(this.height, composed.height);
    if (this.key === 'merge') this.merge(composed.value);
    else this.builder.set(this.key.text, composed.value);
    this.key = undefined;
  }

  finish(): Composed {
    for (const object of this.merged)
      for (const [key, value] of object.entries()) if (!this.builder.has(key)) this.builder.set(key, value);
    return { value: this.builder.build(), size: this.size, height: this.height + 1 };
  }

  private merge(value: Value): void {
    for (const object of isArray(value) ? value : [value]) {
      if (!isObject(object))
        throw new BuiltinError('yaml: map merge requires map or sequence of maps as the value');
      this.merged.push(object);
    }
  }
}
