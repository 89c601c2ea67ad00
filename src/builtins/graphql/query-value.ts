import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TokenKind,
  type VariableDefinitionNode,
} from 'graphql';
import type { Value } from '../../values/index.ts';
import { argumentsOf, commentOf, directivesOf, fieldsOf, literalOf, typeOf } from './nodes.ts';

/** A document of operations and fragments as gqlparser's `QueryDocument` becomes JSON. */
export function queryValue(document: DocumentNode): Value {
  const { definitions } = document;
  return fieldsOf({
    Operations: definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION).map(operation),
    Fragments: definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION).map(fragment),
  });
}

function operation(node: OperationDefinitionNode): Value {
  return fieldsOf({
    Operation: node.operation,
    Name: node.name?.value ?? '',
    VariableDefinitions: (node.variableDefinitions ?? []).map(variable),
    Directives: directivesOf(node.directives),
    SelectionSet: selections(node.selectionSet),
    // One without its keyword has no comments.
    Comment: node.loc?.startToken.kind === TokenKind.BRACE_L ? undefined : commentOf(node.loc),
  });
}

function variable(node: VariableDefinitionNode): Value {
  return fieldsOf({
    Variable: node.variable.name.value,
    Type: typeOf(node.type),
    DefaultValue: node.defaultValue && literalOf(node.defaultValue),
    Directives: directivesOf(node.directives),
    Used: false,
    Comment: commentOf(node.loc),
  });
}

function fragment(node: FragmentDefinitionNode): Value {
  return fieldsOf({
    Name: node.name.value,
    VariableDefinition: (node.variableDefinitions ?? []).map(variable),
    TypeCondition: node.typeCondition.name.value,
    Directives: directivesOf(node.directives),
    SelectionSet: selections(node.selectionSet),
    Comment: commentOf(node.loc),
  });
}

function selections(set: SelectionSetNode | undefined): readonly Value[] {
  return (set?.selections ?? []).map(selection);
}

function selection(node: SelectionNode): Value {
  const common = { Directives: directivesOf(node.directives), Comment: commentOf(node.loc) };
  if (node.kind === Kind.FRAGMENT_SPREAD) return fieldsOf({ ...common, Name: node.name.value });
  const SelectionSet = selections(node.selectionSet);
  if (node.kind === Kind.INLINE_FRAGMENT)
    return fieldsOf({ ...common, TypeCondition: node.typeCondition?.name.value ?? '', SelectionSet });
  return fieldsOf({
    ...common,
    Alias: (node.alias ?? node.name).value,
    Name: node.name.value,
    Arguments: argumentsOf(node.arguments),
    SelectionSet,
  });
}
