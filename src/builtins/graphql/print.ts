import { isArray, isObject, ObjectValue, type Value } from '../../values/index.ts';
import { BuiltinError } from '../builtin.ts';

const NAME = /^[_A-Za-z]\w*$/u;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;

/** The text of a document that is gqlparser's JSON, for reading it again. Throws BuiltinError where it is no document. */
export function printDocument(document: ObjectValue): string {
  return [
    ...list(document, 'Operations').map(operation),
    ...list(document, 'Fragments').map(fragment),
    ...list(document, 'Schema').map(node => schema(node, 'schema')),
    ...list(document, 'SchemaExtension').map(node => schema(node, 'extend schema')),
    ...list(document, 'Directives').map(directiveDefinition),
    ...list(document, 'Definitions').map(node => type(node, '')),
    ...list(document, 'Extensions').map(node => type(node, 'extend ')),
  ].join('\n');
}

function operation(node: ObjectValue): string {
  const variables = list(node, 'VariableDefinitions').map(
    variable =>
      `$${name(variable, 'Variable')}: ${typeText(child(variable, 'Type'))}${defaultText(variable)}${directives(variable)}`,
  );
  const named = text(node, 'Name') === '' ? '' : ` ${name(node)}`;
  return `${name(node, 'Operation')}${named}${inParentheses(variables)}${directives(node)} ${selections(node)}`;
}

function fragment(node: ObjectValue): string {
  return `fragment ${name(node)} on ${name(node, 'TypeCondition')}${directives(node)} ${selections(node)}`;
}

function selections(node: ObjectValue): string {
  const inner = list(node, 'SelectionSet').map(selection);
  return inner.length === 0 ? '' : `{ ${inner.join(' ')} }`;
}

function selection(node: ObjectValue): string {
  if (node.has('Alias')) {
    const call = inParentheses(list(node, 'Arguments').map(argument));
    return `${name(node, 'Alias')}: ${name(node)}${call}${directives(node)} ${selections(node)}`;
  }
  if (node.has('Name')) return `...${name(node)}${directives(node)}`;
  const condition = text(node, 'TypeCondition') === '' ? '' : ` on ${name(node, 'TypeCondition')}`;
  return `...${condition}${directives(node)} ${selections(node)}`;
}

function argument(node: ObjectValue): string {
  return `${name(node)}: ${valueText(child(node, 'Value'))}`;
}

function directives(node: ObjectValue): string {
  const applied = list(node, 'Directives');
  return applied.map(use => ` @${name(use)}${inParentheses(list(use, 'Arguments').map(argument))}`).join('');
}

function valueText(node: ObjectValue): string {
  const children = list(node, 'Children');
  switch (node.get('Kind')) {
    case 0:
      return `$${name(node, 'Raw')}`;
    case 1:
    case 2:
      return matching(text(node, 'Raw'), NUMBER);
    case 3:
    case 4:
      return JSON.stringify(text(node, 'Raw'));
    case 5:
    case 6:
    case 7:
      return name(node, 'Raw');
    case 8:
      return `[${children.map(item => valueText(child(item, 'Value'))).join(', ')}]`;
    case 9:
      return `{${children.map(argument).join(', ')}}`;
    default:
      return invalid();
  }
}

function defaultText(node: ObjectValue): string {
  return node.has('DefaultValue') ? ` = ${valueText(child(node, 'DefaultValue'))}` : '';
}

function typeText(node: ObjectValue): string {
  const inner = node.has('Elem') ? `[${typeText(child(node, 'Elem'))}]` : name(node, 'NamedType');
  return node.get('NonNull') === true ? `${inner}!` : inner;
}

function schema(node: ObjectValue, keyword: string): string {
  const operations = list(node, 'OperationTypes').map(
    use => `${name(use, 'Operation')}: ${name(use, 'Type')}`,
  );
  const body = operations.length === 0 ? '' : ` { ${operations.join(' ')} }`;
  return `${description(node)}${keyword}${directives(node)}${body}`;
}

function directiveDefinition(node: ObjectValue): string {
  const repeatable = node.get('IsRepeatable') === true ? ' repeatable' : '';
  const parameters = inParentheses(list(node, 'Arguments').map(input));
  return `${description(node)}directive @${name(node)}${parameters}${repeatable} on ${names(node, 'Locations').join(' | ')}`;
}

const keywords: Readonly<Record<string, string>> = {
  SCALAR: 'scalar',
  OBJECT: 'type',
  INTERFACE: 'interface',
  UNION: 'union',
  ENUM: 'enum',
  INPUT_OBJECT: 'input',
};

function type(node: ObjectValue, prefix: string): string {
  const kind = text(node, 'Kind');
  const keyword = Object.hasOwn(keywords, kind) ? keywords[kind]! : invalid();
  const interfaces = names(node, 'Interfaces');
  const members = names(node, 'Types');
  const values = list(node, 'EnumValues').map(item => `${description(item)}${name(item)}${directives(item)}`);
  const lines = [...list(node, 'Fields').map(kind === 'INPUT_OBJECT' ? input : field), ...values];
  return [
    description(node),
    prefix,
    `${keyword} ${name(node)}`,
    interfaces.length > 0 ? ` implements ${interfaces.join(' & ')}` : '',
    directives(node),
    members.length > 0 ? ` = ${members.join(' | ')}` : '',
    lines.length > 0 ? ` { ${lines.join('\n')} }` : '',
  ].join('');
}

function field(node: ObjectValue): string {
  const parameters = inParentheses(list(node, 'Arguments').map(input));
  return `${description(node)}${name(node)}${parameters}: ${typeText(child(node, 'Type'))}${directives(node)}`;
}

function input(node: ObjectValue): string {
  const typed = `${name(node)}: ${typeText(child(node, 'Type'))}`;
  return `${description(node)}${typed}${defaultText(node)}${directives(node)}`;
}

function description(node: ObjectValue): string {
  const words = text(node, 'Description');
  return words === '' ? '' : `${JSON.stringify(words)} `;
}

function inParentheses(items: readonly string[]): string {
  return items.length === 0 ? '' : `(${items.join(', ')})`;
}

function list(node: ObjectValue, key: string): readonly ObjectValue[] {
  const items: Value = node.has(key) ? node.get(key)! : [];
  if (items === null) return [];
  return isArray(items) && items.every(isObject) ? items : invalid();
}

function names(node: ObjectValue, key: string): readonly string[] {
  const items: Value = node.has(key) ? node.get(key)! : [];
  if (items === null) return [];
  return isArray(items) ? items.map(item => matching(item, NAME)) : invalid();
}

function child(node: ObjectValue, key: string): ObjectValue {
  const value = node.get(key);
  return value instanceof ObjectValue ? value : invalid();
}

function name(node: ObjectValue, key = 'Name'): string {
  return matching(text(node, key), NAME);
}

function text(node: ObjectValue, key: string): string {
  const value = node.has(key) ? node.get(key)! : '';
  return typeof value === 'string' ? value : invalid();
}

function matching(value: Value, pattern: RegExp): string {
  return typeof value === 'string' && pattern.test(value) ? value : invalid();
}

function invalid(): never {
  throw new BuiltinError('GraphQL: the object is no document');
}
