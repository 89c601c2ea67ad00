import { aggregatesDeclarations } from './aggregates.declarations.ts';
import { arraysDeclarations } from './arrays.declarations.ts';
import { awsDeclarations } from './aws.declarations.ts';
import { bitsDeclarations } from './bits.declarations.ts';
import { comparisonDeclarations, unificationDeclarations } from './comparison.declarations.ts';
import { conversionsDeclarations } from './conversions.declarations.ts';
import type { BuiltinDeclaration } from './declaration.ts';
import { encodingDeclarations } from './encoding.declarations.ts';
import { globDeclarations } from './glob.declarations.ts';
import { graphqlDeclarations } from './graphql.declarations.ts';
import { graphsDeclarations } from './graphs.declarations.ts';
import { hashesDeclarations } from './hashes.declarations.ts';
import { httpDeclarations } from './http.declarations.ts';
import { imageDeclarations } from './image.declarations.ts';
import { jsonDeclarations } from './json.declarations.ts';
import { jsonSchemaDeclarations } from './json-schema.declarations.ts';
import { jwtDeclarations } from './jwt.declarations.ts';
import { netDeclarations } from './net.declarations.ts';
import { numbersDeclarations } from './numbers.declarations.ts';
import { objectsDeclarations } from './objects.declarations.ts';
import { randomDeclarations } from './random.declarations.ts';
import { rangesDeclarations } from './ranges.declarations.ts';
import { regexDeclarations } from './regex.declarations.ts';
import { regoDeclarations } from './rego.declarations.ts';
import { semverDeclarations } from './semver.declarations.ts';
import { setsDeclarations } from './sets.declarations.ts';
import {
  replacementDeclarations,
  sprintfDeclarations,
  stringsDeclarations,
  templateDeclarations,
  trimmingDeclarations,
} from './strings.declarations.ts';
import { timeDeclarations } from './time.declarations.ts';
import { tracingDeclarations } from './tracing.declarations.ts';
import { typeNamesDeclarations } from './type-names.declarations.ts';
import { unitsDeclarations } from './units.declarations.ts';
import { uriDeclarations } from './uri.declarations.ts';
import { x509Declarations } from './x509.declarations.ts';
import { yamlDeclarations } from './yaml.declarations.ts';

/** Every built-in function that a policy may call, one line per family. Nothing here pulls in an implementation. */
const families: readonly (readonly BuiltinDeclaration[])[] = [
  // Values
  aggregatesDeclarations,
  arraysDeclarations,
  bitsDeclarations,
  comparisonDeclarations,
  conversionsDeclarations,
  numbersDeclarations,
  objectsDeclarations,
  rangesDeclarations,
  replacementDeclarations,
  semverDeclarations,
  setsDeclarations,
  sprintfDeclarations,
  stringsDeclarations,
  templateDeclarations,
  trimmingDeclarations,
  typeNamesDeclarations,
  unitsDeclarations,
  unificationDeclarations,
  // Text formats and the world
  regoDeclarations,
  graphqlDeclarations,
  jsonSchemaDeclarations,
  awsDeclarations,
  x509Declarations,
  jwtDeclarations,
  yamlDeclarations,
  randomDeclarations,
  tracingDeclarations,
  graphsDeclarations,
  hashesDeclarations,
  timeDeclarations,
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

/** By the operator that is written: the name of the function that it stands for, as OPA has it. */
export const operators: ReadonlyMap<string, string> = new Map(
  [...declarations.values()].flatMap(({ infix, name }) =>
    infix === undefined ? [] : [[infix, name] as const],
  ),
);
