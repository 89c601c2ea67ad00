import type { BuiltinDeclaration } from './declaration.ts';
import { encodingDeclarations } from './encoding.declarations.ts';
import { globDeclarations } from './glob.declarations.ts';
import { httpDeclarations } from './http.declarations.ts';
import { imageDeclarations } from './image.declarations.ts';
import { jsonDeclarations } from './json.declarations.ts';
import { netDeclarations } from './net.declarations.ts';
import { regexDeclarations } from './regex.declarations.ts';
import { uriDeclarations } from './uri.declarations.ts';

/** Every built-in function that a policy may call, one line per family. Nothing here pulls in an implementation. */
const families: readonly (readonly BuiltinDeclaration[])[] = [
  // Values
  // Text formats and the world
  httpDeclarations,
  netDeclarations,
  uriDeclarations,
  encodingDeclarations,
  jsonDeclarations,
  globDeclarations,
  regexDeclarations,
  imageDeclarations,
];

/** By name: the built-in functions as the checker and the documentation see them. */
export const declarations: ReadonlyMap<string, BuiltinDeclaration> = new Map(
  families.flatMap(family => family.map(declaration => [declaration.name, declaration] as const)),
);
