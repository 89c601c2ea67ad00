import { affixesFamily } from './affixes.ts';
import { aggregatesFamily } from './aggregates.ts';
import { arraysFamily } from './arrays.ts';
import { awsFamily } from './aws.ts';
import { bitsFamily } from './bits.ts';
import type { BuiltinFunction, BuiltinRelation } from './builtin.ts';
import { comparisonFamily } from './comparison.ts';
import { conversionsFamily } from './conversions.ts';
import { encodingFamily } from './encoding.ts';
import { globFamily } from './glob.ts';
import { graphqlFamily } from './graphql.ts';
import { graphRelations, graphsFamily } from './graphs.ts';
import { hashesFamily } from './hashes.ts';
import { httpFamily } from './http.ts';
import { imageFamily } from './image.ts';
import { jsonFamily } from './json.ts';
import { jsonSchemaFamily } from './json-schema.ts';
import { jwtFamily } from './jwt.ts';
import { netFamily } from './net.ts';
import { numbersFamily } from './numbers.ts';
import { objectsFamily } from './objects.ts';
import { priced } from './prices.ts';
import { randomFamily } from './random.ts';
import { rangesFamily } from './ranges.ts';
import { regexFamily } from './regex.ts';
import { regoFamily } from './rego.ts';
import { replacementFamily } from './replacement.ts';
import { semverFamily } from './semver.ts';
import { setsFamily } from './sets.ts';
import { sprintfFamily } from './sprintf.ts';
import { stringsFamily } from './strings.ts';
import { templateFamily } from './template.ts';
import { timeFamily } from './time.ts';
import { tracingFamily } from './tracing.ts';
import { trimmingFamily } from './trimming.ts';
import { typeNamesFamily } from './type-names.ts';
import { unitsFamily } from './units.ts';
import { uriFamily } from './uri.ts';
import { x509Family } from './x509.ts';
import { yamlFamily } from './yaml.ts';

/** The implementations of a family, by the name of the built-in function. */
const families: readonly Readonly<Record<string, BuiltinFunction>>[] = [
  // Values
  affixesFamily,
  aggregatesFamily,
  arraysFamily,
  bitsFamily,
  comparisonFamily,
  conversionsFamily,
  numbersFamily,
  objectsFamily,
  rangesFamily,
  replacementFamily,
  semverFamily,
  setsFamily,
  sprintfFamily,
  stringsFamily,
  templateFamily,
  trimmingFamily,
  typeNamesFamily,
  unitsFamily,
  // Text formats and the world
  regoFamily,
  graphqlFamily,
  jsonSchemaFamily,
  awsFamily,
  x509Family,
  jwtFamily,
  yamlFamily,
  randomFamily,
  tracingFamily,
  graphsFamily,
  hashesFamily,
  timeFamily,
  httpFamily,
  netFamily,
  uriFamily,
  encodingFamily,
  jsonFamily,
  globFamily,
  regexFamily,
  imageFamily,
];

const relationFamilies: readonly Readonly<Record<string, BuiltinRelation>>[] = [graphRelations];

/** By name: what is called, each charged by its price. */
export const builtins: ReadonlyMap<string, BuiltinFunction> = new Map(
  families.flatMap(family => Object.entries(family)).map(([name, run]) => [name, priced(name, run)]),
);

/** By name: what gives several answers for one call. */
export const relations: ReadonlyMap<string, BuiltinRelation> = new Map(
  relationFamilies.flatMap(family => Object.entries(family)),
);
