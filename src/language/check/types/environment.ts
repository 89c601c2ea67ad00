import { isScalar, type Value } from '../../../values/index.ts';
import type { Local, Operand } from '../../normal/normal.ts';
import { select, valuesOf } from './selection.ts';
import type { TypeNode } from './tree.ts';
import { any, type Type, type Unknown } from './type.ts';

/** The types of locals: of one body, and of those around it. */
export class LocalTypes {
  private readonly own = new Map<Local, Type>();
  private readonly outer: LocalTypes | undefined;

  constructor(outer?: LocalTypes) {
    this.outer = outer;
  }

  get(local: Local): Type | Unknown {
    return this.own.get(local) ?? this.outer?.get(local);
  }

  set(local: Local, type: Type | Unknown): void {
    if (type) this.own.set(local, type);
  }
}

/**
 * What is known where an expression stands. The layers hold what is known of documents, the first
 * counts most: what a `with` replaces, what a schema says, what rules give.
 */
export class TypeEnvironment {
  readonly locals: LocalTypes;
  readonly layers: readonly TypeNode[];

  constructor(layers: readonly TypeNode[], locals = new LocalTypes()) {
    this.layers = layers;
    this.locals = locals;
  }

  /** The environment of a nested body: its locals are its own, as far as they are not known here. */
  closure(): TypeEnvironment {
    return new TypeEnvironment(this.layers, new LocalTypes(this.locals));
  }

  /** The same locals, and another layer above the documents. */
  over(layer: TypeNode): TypeEnvironment {
    return new TypeEnvironment([layer, ...this.layers], this.locals);
  }

  /** The type of a part of `input` or `data`; of what nothing is known it is `any`. */
  document(root: 'input' | 'data', path: readonly Operand[]): Type | Unknown {
    for (const layer of this.layers) {
      const node = layer.child(root);
      const found = node ? below(node, path, 0) : 'missing';
      if (found !== 'missing') return found;
    }
    return any;
  }

  /** The type of the document or function at a path of names. */
  at(path: readonly string[]): Type | Unknown {
    const span = { start: 0, end: 0 };
    return this.document(
      'data',
      path.map(value => ({ kind: 'const', span, value })),
    );
  }
}

/** The key that an operand of a reference chooses, where it is a constant scalar. */
export function constantKey(part: Operand): Value | undefined {
  return part.kind === 'const' && isScalar(part.value) ? part.value : undefined;
}

function below(node: TypeNode, path: readonly Operand[], depth: number): Type | Unknown | 'missing' {
  if (depth === path.length) return node.extent();
  const key = constantKey(path[depth]!);
  if (key === undefined) return selectAll(node.extent(), path.slice(depth));
  const child = node.child(key);
  if (child) return below(child, path, depth + 1);
  return node.type ? selectAll(node.type, path.slice(depth)) : 'missing';
}

/** What stands at a path below a value; keys that are no constants may choose any. */
export function selectAll(type: Type | Unknown, path: readonly Operand[]): Type | Unknown {
  let at = type;
  for (const part of path) {
    const key = constantKey(part);
    at = key === undefined ? valuesOf(at) : select(at, key);
  }
  return at;
}
