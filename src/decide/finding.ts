import type { DecisionRule, PackageDecisions } from '../language/index.ts';
import { isObject, type ObjectValue, stringify, toJson, type Value } from '../values/index.ts';
import { locationOf, type NamedImages, type Subject } from './subject.ts';
import type { Fix, Location, Violation } from './verdict.ts';

/** A violation and the one image it is about, before exemptions and grouping. */
export interface Finding {
  readonly violation: Violation;
  /** Index in the submission's images; absent where it belongs to none. */
  readonly image?: number;
}

/** A rule with the package it stands in. */
export interface PackageRule {
  readonly package: PackageDecisions;
  readonly rule: DecisionRule;
  /** The layer that it comes from, in policies of organisations. */
  readonly layer?: string;
}

/** Package and rule: `acme.production.deny_tag`. */
export function ruleName({ package: { path }, rule }: PackageRule): string {
  return [...path, rule.name].join('.');
}

/** What a rule says beside its name and place. */
export type Said = Pick<Violation, 'message' | 'because' | 'expected' | 'found' | 'fix' | 'details'> & {
  readonly indeterminate?: boolean;
  /** Where it is, if it is about no image. */
  readonly location?: Location;
};

/** A finding for each of the images, one that belongs to none where there are none. */
export function findings(
  where: PackageRule,
  said: Said,
  subject: Subject,
  { indexes, ref }: NamedImages = { indexes: [] },
): readonly Finding[] {
  const violation = toViolation(where, said);
  if (indexes.length === 0) {
    const locations = said.location && { locations: [said.location] };
    return [{ violation: { ...violation, ...(ref !== undefined && { image: ref }), ...locations } }];
  }
  return indexes.map(index => ({ violation: atImage(violation, subject, index), image: index }));
}

/** The violation with the reference and the place of an image. */
export function atImage(violation: Violation, subject: Subject, index: number): Violation {
  const image = subject.images[index]!;
  const location = locationOf(image);
  return { ...violation, image: image.ref, ...(location !== undefined && { locations: [location] }) };
}

function toViolation(
  where: PackageRule,
  { message, indeterminate = false, location: _, ...more }: Said,
): Violation {
  const { severity, source } = where.rule;
  const { layer } = where;
  const title = where.rule.title ?? where.package.title;
  return {
    rule: ruleName(where),
    ...(title !== undefined && { title }),
    severity,
    indeterminate,
    message,
    ...more,
    source,
    ...(layer !== undefined && { layer }),
    exempted: null,
  };
}

/** A field as text: a string as it is, anything else as JSON. */
export function textField<Name extends string>(
  object: ObjectValue,
  name: Name,
): { readonly [key in Name]?: string } {
  const value = object.get(name);
  if (value === undefined) return {};
  return { [name]: typeof value === 'string' ? value : stringify(value) } as { [key in Name]: string };
}

/** `fix`: a description, or an object with one and perhaps a JSON Patch. */
export function fixField(object: ObjectValue): { readonly fix?: Fix } {
  const value = object.get('fix');
  if (typeof value === 'string') return { fix: { description: value } };
  if (value === undefined || !isObject(value)) return {};
  const description = value.get('description');
  if (typeof description !== 'string') return {};
  const patch = patchOf(value.get('patch'));
  return { fix: { description, ...(patch !== undefined && { patch }) } };
}

/** Undefined unless every operation is one that the verdict can carry. */
function patchOf(value: Value | undefined): Fix['patch'] {
  if (!Array.isArray(value)) return undefined;
  const operations = (value as readonly Value[]).map(operation => {
    if (!isObject(operation)) return undefined;
    const [op, path] = [operation.get('op'), operation.get('path')];
    if (typeof op !== 'string' || typeof path !== 'string') return undefined;
    return { op, path, value: toJson(operation.get('value') ?? null) };
  });
  return operations.every(operation => operation !== undefined) ? operations : undefined;
}
