import type { Ref, RefPart } from '../../../grammar/index.ts';
import { closest } from '../../base/index.ts';
import { imageFields } from '../../images/index.ts';
import type { Lowering } from './lowering.ts';

/**
 * Reports fields that no image has wherever the statement speaks of `image`: such a field is undefined for
 * ever, and what denies by it denies nothing.
 */
export function reportUnknownFields(lowering: Lowering): void {
  const { args, clauses } = lowering.statement;
  for (const ref of imageReferences([args, clauses])) reportUnknown(lowering, ref);
}

function reportUnknown(lowering: Lowering, { path }: Ref): void {
  const [field, below] = path;
  const name = field && nameOf(field);
  if (name === undefined) return;
  if (!Object.hasOwn(imageFields, name)) {
    report(lowering, field!, `image has no field ${name}`, name, Object.keys(imageFields));
    return;
  }
  const fields = imageFields[name as keyof typeof imageFields];
  const inner = below && nameOf(below);
  if (fields === undefined || inner === undefined || fields.some(known => known === inner)) return;
  report(lowering, below!, `image.${name} has no field ${inner}`, inner, fields);
}

function report(
  lowering: Lowering,
  { span }: RefPart,
  message: string,
  name: string,
  known: readonly string[],
): void {
  const near = closest(name, known);
  lowering.report(span, message, near === undefined ? `it has ${known.join(', ')}` : `did you mean ${near}?`);
}

function nameOf(part: RefPart): string | undefined {
  if (part.kind === 'dot') return part.name;
  return part.term.kind === 'string' ? part.term.value : undefined;
}

/** The references into `image` in the nodes; functions such as `image.matches` are none. */
function imageReferences(node: unknown): readonly Ref[] {
  if (Array.isArray(node)) return node.flatMap(imageReferences);
  if (typeof node !== 'object' || node === null) return [];
  const isCall = 'kind' in node && node.kind === 'call';
  const inner = Object.entries(node).flatMap(([key, value]) =>
    isCall && key === 'function' ? [] : imageReferences(value),
  );
  return isImageReference(node) ? [node, ...inner] : inner;
}

function isImageReference(node: object): node is Ref {
  if (!('kind' in node) || node.kind !== 'ref' || !('head' in node)) return false;
  const { head } = node as Ref;
  return head.kind === 'var' && head.name === 'image';
}
