import type { BuiltinFunction, BuiltinRelation } from './builtin.ts';
import { encodingFamily } from './encoding.ts';
import { globFamily } from './glob.ts';
import { httpFamily } from './http.ts';
import { imageFamily } from './image.ts';
import { jsonFamily } from './json.ts';
import { netFamily } from './net.ts';
import { regexFamily } from './regex.ts';
import { uriFamily } from './uri.ts';

/** The implementations of a family, by the name of the built-in function. */
const families: readonly Readonly<Record<string, BuiltinFunction>>[] = [
  // Values
  // Text formats and the world
  httpFamily,
  netFamily,
  uriFamily,
  encodingFamily,
  jsonFamily,
  globFamily,
  regexFamily,
  imageFamily,
];

const relationFamilies: readonly Readonly<Record<string, BuiltinRelation>>[] = [];

/** By name: what is called. */
export const builtins: ReadonlyMap<string, BuiltinFunction> = new Map(
  families.flatMap(family => Object.entries(family)),
);

/** By name: what gives several answers for one call. */
export const relations: ReadonlyMap<string, BuiltinRelation> = new Map(
  relationFamilies.flatMap(family => Object.entries(family)),
);
