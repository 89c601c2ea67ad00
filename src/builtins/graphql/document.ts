import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type FragmentSpreadNode,
  GraphQLError,
  type GraphQLSchema,
  isExecutableDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  validate,
  validateSchema,
  visit,
} from 'graphql';
import { limits } from '../../base/index.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { BuiltinError } from '../builtin.ts';

/** Tokens of one document. */
const mostTokens = 100_000;

const empty: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
const scalars = new Set(specifiedScalarTypes.map(({ name }) => name));
const schemas = new BoundedCache<GraphQLSchema>(20);

/** What a document may define. */
export type Content = 'operations' | 'types';

/** The document of a text; nothing but comments is an empty one. Throws BuiltinError. */
export function parseDocument(text: string, content: Content): DocumentNode {
  if (/^(?:[\s,\ufeff]|#[^\n\r]*)*$/u.test(text)) return empty;
  if (nesting(text) > limits.nesting) throw new BuiltinError('GraphQL: nested too deeply');
  const document = attempt(() => parse(text, { maxTokens: mostTokens, experimentalFragmentArguments: true }));
  const other = document.definitions.find(
    node => isExecutableDefinitionNode(node) !== (content === 'operations'),
  );
  if (other) throw new BuiltinError(`GraphQL: unexpected ${other.kind} among ${content}`);
  if (
    content === 'operations' &&
    document.definitions.some(node => 'description' in node && node.description)
  )
    throw new BuiltinError('GraphQL: a description of an operation');
  visit(document, { SelectionSet: refuseEmpty, FragmentSpread: refuseArguments });
  return document;
}

/** The parser lets `{}` pass, which is none of GraphQL. */
function refuseEmpty({ selections }: SelectionSetNode): void {
  if (selections.length === 0) throw new BuiltinError('GraphQL: an empty selection');
}

/** Fragments may have variables, as OPA's parser has it, and yet be given no arguments. */
function refuseArguments(spread: FragmentSpreadNode): void {
  if (spread.arguments && spread.arguments.length > 0)
    throw new BuiltinError('GraphQL: arguments of a fragment');
}

/** The schema of a text, with nothing in it that a schema cannot have. Throws BuiltinError. */
export function buildSchema(text: string, document: DocumentNode): GraphQLSchema {
  return schemas.get(text, () =>
    attempt(() => {
      const whole = { ...document, definitions: definedOnce(document.definitions) };
      const problem = validateSchema(buildASTSchema(whole)).find(({ message }) => !isMissingRoot(message));
      if (problem) throw problem;
      // A schema without queries is one, and cannot be told so but by skipping the check.
      return buildASTSchema(whole, { assumeValid: true });
    }),
  );
}

/** Throws BuiltinError where a query does not fit a schema. */
export function checkQuery(schema: GraphQLSchema, query: DocumentNode): void {
  if (query.definitions.length === 0) return;
  const problem = attempt(() => validate(schema, query, undefined, { maxErrors: 1 })[0]);
  if (problem) throw new BuiltinError(problem.message);
}

function isMissingRoot(message: string): boolean {
  return message.startsWith('Query root type must be provided');
}

/** An extension of a type that is not there defines it. */
function definedOnce(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const builtIn = definitions.find(node => isTypeDefinition(node) && scalars.has(node.name.value));
  if (builtIn) throw new BuiltinError('GraphQL: a built-in type is defined again');
  const known = new Set(definitions.flatMap(node => (isTypeDefinition(node) ? [node.name.value] : [])));
  return definitions.map(node => {
    if (!node.kind.endsWith('TypeExtension') || known.has((node as TypeExtensionNode).name.value))
      return node;
    known.add((node as TypeExtensionNode).name.value);
    return { ...node, kind: node.kind.replace('Extension', 'Definition') } as TypeDefinitionNode;
  });
}

function isTypeDefinition(node: DefinitionNode): node is TypeDefinitionNode {
  return node.kind.endsWith('TypeDefinition');
}

/** How many brackets are open at once, those in strings counted too. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text)
    if ('{[('.includes(character)) deepest = Math.max(deepest, ++depth);
    else if ('}])'.includes(character)) depth--;
  return deepest;
}

function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof GraphQLError) throw new BuiltinError(error.message);
    if (error instanceof BuiltinError) throw error;
    throw new BuiltinError(error instanceof Error ? error.message : 'GraphQL: the text cannot be read');
  }
}
