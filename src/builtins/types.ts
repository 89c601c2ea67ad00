/**
 * The types of Rego's checker, as data. `any` takes everything; an object type lists its known
 * properties and, with `dynamic`, what any other may be; an array type likewise.
 */
export type Type =
  | { readonly kind: 'any' | 'null' | 'boolean' | 'number' | 'string' }
  | { readonly kind: 'array'; readonly items: readonly Type[]; readonly dynamic?: Type }
  | {
      readonly kind: 'object';
      readonly properties: readonly {
        readonly key: string;
        readonly value: Type;
        readonly optional?: boolean;
      }[];
      readonly dynamic?: { readonly key: Type; readonly value: Type };
    }
  | { readonly kind: 'set'; readonly of: Type }
  | { readonly kind: 'union'; readonly of: readonly Type[] };

export const any: Type = { kind: 'any' };
export const nullType: Type = { kind: 'null' };
export const boolean: Type = { kind: 'boolean' };
export const number: Type = { kind: 'number' };
export const string: Type = { kind: 'string' };

export function array(dynamic: Type): Type {
  return { kind: 'array', items: [], dynamic };
}

export function tuple(...items: readonly Type[]): Type {
  return { kind: 'array', items };
}

export function object(key: Type, value: Type): Type {
  return { kind: 'object', properties: [], dynamic: { key, value } };
}

export function record(properties: { readonly [key: string]: Type }): Type {
  return { kind: 'object', properties: Object.entries(properties).map(([key, value]) => ({ key, value })) };
}

export function set(of: Type): Type {
  return { kind: 'set', of };
}

export function union(...of: readonly Type[]): Type {
  return { kind: 'union', of };
}
