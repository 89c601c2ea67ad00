import { ObjectValue, type Value } from '../../values/index.ts';
import { BuiltinError } from '../builtin.ts';
import { latin1, textOf } from '../bytes.ts';
import { childrenOf, type DerElement, oidArcs, tags } from './der.ts';

/** One attribute of a distinguished name. */
export interface NameAttribute {
  readonly type: readonly number[];
  readonly value: string;
}

/** The attributes of a distinguished name in order. Throws BuiltinError where it is malformed. */
export function parseName(element: DerElement | undefined): readonly NameAttribute[] {
  return childrenOf(element).flatMap(relative =>
    childrenOf(relative, tags.set).map(attribute => {
      const [type, value] = childrenOf(attribute);
      return { type: oidArcs(type), value: stringOf(value) };
    }),
  );
}

const stringTags = new Set([0x0c, 0x12, 0x13, 0x14, 0x16, 0x1e]);

function stringOf(element: DerElement | undefined): string {
  if (element === undefined || !stringTags.has(element.tag))
    throw new BuiltinError('x509: invalid name value');
  if (element.tag !== tags.bmpString) return textOf(element.content);
  const units = latin1(element.content).match(/[\s\S]{2}/gu) ?? [];
  return units.map(pair => String.fromCharCode(pair.charCodeAt(0) * 256 + pair.charCodeAt(1))).join('');
}

/** Attributes that Go gathers in lists, by the last arc of their type under 2.5.4. */
const lists: ReadonlyMap<string, number> = new Map([
  ['Country', 6],
  ['Organization', 10],
  ['OrganizationalUnit', 11],
  ['Locality', 7],
  ['Province', 8],
  ['StreetAddress', 9],
  ['PostalCode', 17],
]);

/** A distinguished name as Go's `pkix.Name` becomes JSON. */
export function nameValue(attributes: readonly NameAttribute[]): Value {
  const valuesOf = (arc: number) =>
    attributes.filter(({ type }) => isStandard(type) && type[3] === arc).map(({ value }) => value);
  const names = attributes.map(({ type, value }) =>
    ObjectValue.of([
      ['Type', type],
      ['Value', value],
    ]),
  );
  return ObjectValue.of([
    ...[...lists].map(([field, arc]) => [field, orNull(valuesOf(arc))] as const),
    ['SerialNumber', valuesOf(5).at(-1) ?? ''],
    ['CommonName', valuesOf(3).at(-1) ?? ''],
    ['Names', orNull(names)],
    ['ExtraNames', null],
  ]);
}

function isStandard(type: readonly number[]): boolean {
  return type.length === 4 && type[0] === 2 && type[1] === 5 && type[2] === 4;
}

/** An empty list of Go's is null. */
export function orNull(items: readonly Value[] | undefined): Value {
  return items === undefined || items.length === 0 ? null : items;
}
