import type { Value } from '../../../values/index.ts';
import type { ModuleAnnotations } from '../../annotations.ts';
import type { Environment } from '../../normal/environment.ts';
import type { NormalRule } from '../../normal/normal.ts';
import { stages } from '../../normal/stages.ts';
import { schemaType } from './schema.ts';
import { select } from './selection.ts';
import { TypeNode } from './tree.ts';
import { any, objectType, type Type, type Unknown } from './type.ts';

/** What the schema annotations of a rule say of documents; undefined where there are none. */
export function schemaLayer(
  annotations: ModuleAnnotations,
  { module, report, source }: Environment,
  rule: NormalRule,
  documents: TypeNode,
): TypeNode | undefined {
  const declarations = annotations.schemas(module, rule.span.start);
  if (declarations.length === 0) return undefined;
  const layer = new TypeNode();
  for (const { path, definition, span } of declarations) {
    if (definition === undefined) continue;
    const read = schemaType(definition);
    if (typeof read === 'string') {
      const at = { start: rule.span.start, end: Math.max(rule.headSpan.end, rule.span.start) };
      const related = [{ message: 'the schema is here', source, span }];
      report(stages.types, { code: 'rego_type_error', span: at, message: read, related });
    } else place(layer, documents, path, read);
  }
  return layer;
}

/** Puts a type at a path; where more is known above it, there it changes that part alone. */
function place(layer: TypeNode, documents: TypeNode, path: readonly Value[], type: Type): void {
  for (let length = 1; length < path.length; length++) {
    const above = typeAt(layer, path.slice(0, length)) ?? typeAt(documents, path.slice(0, length));
    if (!above) continue;
    layer.put(path.slice(0, length), override(above, path.slice(length), type));
    return;
  }
  layer.put(path, type);
}

function typeAt(node: TypeNode, path: readonly Value[]): Type | Unknown {
  let at: TypeNode | undefined = node;
  for (const key of path) at = at?.child(key);
  return at?.type;
}

function override(above: Type, path: readonly Value[], type: Type): Type {
  const [key, ...rest] = path;
  if (key === undefined) return type;
  if (above.kind !== 'object')
    return objectType([{ key, value: override(any, rest, type) }], { key: any, value: any });
  const inner = select(above, key) ?? any;
  const properties = [...above.properties.values(), { key, value: override(inner, rest, type) }];
  return objectType(properties, above.dynamic);
}
