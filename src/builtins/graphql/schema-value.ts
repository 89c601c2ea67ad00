import {
  type DirectiveDefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  type StringValueNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import type { Value } from '../../values/index.ts';
import { commentBefore, commentOf, directivesOf, fieldsOf, literalOf, tokenAfter, typeOf } from './nodes.ts';

/** A document of types as gqlparser's `SchemaDocument` becomes JSON. */
export function schemaValue({ definitions, loc }: DocumentNode): Value {
  return fieldsOf({
    Comment: commentBefore(loc?.endToken),
    Schema: definitions.filter(node => node.kind === Kind.SCHEMA_DEFINITION).map(schema),
    SchemaExtension: definitions.filter(node => node.kind === Kind.SCHEMA_EXTENSION).map(schema),
    Directives: definitions.filter(node => node.kind === Kind.DIRECTIVE_DEFINITION).map(directive),
    Definitions: definitions.filter(isTypeDefinitionNode).map(type),
    Extensions: definitions.filter(isTypeExtensionNode).map(type),
  });
}

interface Described {
  readonly description?: StringValueNode | undefined;
  readonly loc?: Parameters<typeof commentOf>[0];
}

/** A description, and the comments before and after it; without one, all comments are after it. */
function described(node: Described): { readonly [field: string]: Value | undefined } {
  const { description } = node;
  if (description === undefined) return { Description: '', AfterDescriptionComment: commentOf(node.loc) };
  return {
    Description: description.value,
    BeforeDescriptionComment: commentOf(node.loc),
    AfterDescriptionComment: commentBefore(tokenAfter(description.loc?.endToken)),
  };
}

function schema(node: SchemaDefinitionNode | SchemaExtensionNode): Value {
  const operations = (node.operationTypes ?? []).map(({ operation, type }) =>
    fieldsOf({ Operation: operation, Type: type.name.value }),
  );
  const common = { Directives: directivesOf(node.directives), OperationTypes: operations };
  return fieldsOf({ ...described(node), ...common });
}

function directive(node: DirectiveDefinitionNode): Value {
  return fieldsOf({
    ...described(node),
    Name: node.name.value,
    Arguments: (node.arguments ?? []).map(input),
    Locations: node.locations.map(({ value }) => value),
    IsRepeatable: node.repeatable,
  });
}

const typeKinds: Readonly<Record<string, string>> = {
  Scalar: 'SCALAR',
  Object: 'OBJECT',
  Interface: 'INTERFACE',
  Union: 'UNION',
  Enum: 'ENUM',
  InputObject: 'INPUT_OBJECT',
};

function type(node: TypeDefinitionNode | TypeExtensionNode): Value {
  const fields = 'fields' in node ? (node.fields ?? []) : [];
  return fieldsOf({
    ...described(node),
    Kind: typeKinds[node.kind.replace(/Type(?:Definition|Extension)$/u, '')]!,
    Name: node.name.value,
    Directives: directivesOf(node.directives),
    Interfaces: 'interfaces' in node ? (node.interfaces ?? []).map(({ name }) => name.value) : [],
    Fields: fields.map(field => (field.kind === Kind.FIELD_DEFINITION ? output(field) : input(field))),
    Types: 'types' in node ? (node.types ?? []).map(({ name }) => name.value) : [],
    EnumValues: 'values' in node ? (node.values ?? []).map(enumValue) : [],
    BuiltIn: false,
  });
}

function output(node: FieldDefinitionNode): Value {
  return fieldsOf({
    ...described(node),
    Name: node.name.value,
    Arguments: (node.arguments ?? []).map(input),
    Type: typeOf(node.type),
    Directives: directivesOf(node.directives),
  });
}

function input(node: InputValueDefinitionNode): Value {
  return fieldsOf({
    ...described(node),
    Name: node.name.value,
    DefaultValue: node.defaultValue && literalOf(node.defaultValue),
    Type: typeOf(node.type),
    Directives: directivesOf(node.directives),
  });
}

function enumValue(node: EnumValueDefinitionNode): Value {
  return fieldsOf({ ...described(node), Name: node.name.value, Directives: directivesOf(node.directives) });
}
