import {
  type ArgumentNode,
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DirectiveNode,
  Kind,
  type Location,
  type StringValueNode,
  type Token,
  type TypeNode,
  type ValueNode,
} from 'graphql';
import { ObjectBuilder, type Value } from '../../values/index.ts';

/** Fields of an object; what is undefined or empty is left out, as OPA leaves it out. */
export function fieldsOf(fields: { readonly [name: string]: Value | undefined }): Value {
  const builder = new ObjectBuilder();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) builder.set(name, value);
  return builder.build();
}

/** The numbers that gqlparser gives to kinds of values. */
const valueKinds: Readonly<Record<ValueNode['kind'], number>> = {
  [Kind.VARIABLE]: 0,
  [Kind.INT]: 1,
  [Kind.FLOAT]: 2,
  [Kind.STRING]: 3,
  [Kind.BOOLEAN]: 5,
  [Kind.NULL]: 6,
  [Kind.ENUM]: 7,
  [Kind.LIST]: 8,
  [Kind.OBJECT]: 9,
};
const blockString = 4;

export function literalOf(node: ValueNode | ConstValueNode): Value {
  const isBlock = node.kind === Kind.STRING && node.block === true;
  return fieldsOf({
    Raw: rawText(node),
    Kind: isBlock ? blockString : valueKinds[node.kind],
    Children: childrenOf(node),
    ExpectedTypeHasDefault: false,
  });
}

function rawText(node: ValueNode | ConstValueNode): string {
  switch (node.kind) {
    case Kind.VARIABLE:
      return node.name.value;
    case Kind.NULL:
      return 'null';
    case Kind.LIST:
    case Kind.OBJECT:
      return '';
    case Kind.STRING:
      return node.block === true ? blockText(node) : node.value;
    default:
      return String(node.value);
  }
}

/** A block string without the indentation that all its lines have, the first too, as gqlparser reads it. */
function blockText({ loc, value }: StringValueNode): string {
  if (loc === undefined) return value;
  const written = loc.source.body.slice(loc.start + 3, loc.end - 3).replaceAll('\\"""', '"""');
  const lines = written.split(/\r\n|[\n\r]/u);
  const indents = lines.filter(line => /[^ \t]/u.test(line)).map(line => /^[ \t]*/u.exec(line)![0].length);
  const common = indents.reduce((least, indent) => Math.min(least, indent), indents[0] ?? 0);
  const text = lines.map(line => line.slice(common)).join('\n');
  return text.replace(/^(?:[ \t]*\n)+/u, '').replace(/(?:\n[ \t]*)+$/u, '');
}

function childrenOf(node: ValueNode | ConstValueNode): readonly Value[] {
  if (node.kind === Kind.LIST) return node.values.map(item => fieldsOf({ Name: '', Value: literalOf(item) }));
  if (node.kind !== Kind.OBJECT) return [];
  return node.fields.map(field => fieldsOf({ Name: field.name.value, Value: literalOf(field.value) }));
}

export function argumentsOf(
  nodes: readonly (ArgumentNode | ConstArgumentNode)[] | undefined,
): readonly Value[] {
  return (nodes ?? []).map(({ name, value }) => fieldsOf({ Name: name.value, Value: literalOf(value) }));
}

export function directivesOf(
  nodes: readonly (DirectiveNode | ConstDirectiveNode)[] | undefined,
): readonly Value[] {
  return (nodes ?? []).map(node =>
    fieldsOf({ Name: node.name.value, Arguments: argumentsOf(node.arguments), Location: '' }),
  );
}

export function typeOf(node: TypeNode): Value {
  const nonNull = node.kind === Kind.NON_NULL_TYPE;
  const inner = nonNull ? node.type : node;
  if (inner.kind === Kind.LIST_TYPE)
    return fieldsOf({ NamedType: '', Elem: typeOf(inner.type), NonNull: nonNull });
  return fieldsOf({ NamedType: inner.name.value, NonNull: nonNull });
}

/** The comments right before a token. */
export function commentBefore(token: Token | null | undefined): Value | undefined {
  const lines: string[] = [];
  for (let at = token?.prev; at?.kind === 'Comment'; at = at.prev) lines.unshift(`#${at.value}`);
  return lines.length === 0 ? undefined : fieldsOf({ List: lines.map(Value => fieldsOf({ Value })) });
}

/** The comments right before a node. */
export function commentOf(location: Location | undefined): Value | undefined {
  return commentBefore(location?.startToken);
}

/** The first token after a token that is no comment. */
export function tokenAfter(token: Token | undefined): Token | undefined {
  let at = token?.next;
  while (at?.kind === 'Comment') at = at.next;
  return at ?? undefined;
}
