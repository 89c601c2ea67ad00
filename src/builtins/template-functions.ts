import { compareStrings } from '../values/index.ts';
import { BuiltinError } from './builtin.ts';
import { bytesOf, hexOf, textOf as textOfBytes } from './bytes.ts';
import { formatText } from './sprintf-format.ts';
import { TemplateFloat } from './template-nodes.ts';
import {
  isList,
  isMap,
  isTrue,
  type Meter,
  printValue,
  type TemplateValue,
  textOf,
  toFormatArgument,
} from './template-values.ts';

export type TemplateFunction = (meter: Meter, args: readonly TemplateValue[]) => TemplateValue;

/** The functions of Go's templates, `and` and `or` apart, which do not look at all their arguments. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['not', (_meter, args) => !isTrue(exactly(args, 1)[0])],
  ['len', (_meter, args) => length(exactly(args, 1)[0])],
  ['index', (_meter, args) => atLeast(args, 1).slice(1).reduce(item, args[0])],
  ['slice', (_meter, args) => slice(atLeast(args, 1))],
  ['print', (meter, args) => print(args, meter)],
  ['println', (meter, args) => `${args.map(arg => printValue(arg, meter)).join(' ')}\n`],
  ['printf', printf],
  ['html', escaping(/[\0"'&<>]/gu, character => htmlEscapes.get(character)!)],
  ['js', escaping(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escapeScript)],
  ['urlquery', escaping(/[^A-Za-z0-9_.~-]/gu, escapeQuery)],
  [
    'eq',
    (_meter, args) =>
      atLeast(args, 2)
        .slice(1)
        .some(other => equal(args[0], other)),
  ],
  ['ne', (_meter, args) => !equal(...pair(args))],
  ['lt', (_meter, args) => order(...pair(args)) < 0],
  ['le', (_meter, args) => order(...pair(args)) <= 0],
  ['gt', (_meter, args) => order(...pair(args)) > 0],
  ['ge', (_meter, args) => order(...pair(args)) >= 0],
  ['call', () => fail('non-function')],
]);

const htmlEscapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\ufffd'],
  ['"', '&#34;'],
  ["'", '&#39;'],
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

function fail(message: string): never {
  throw new BuiltinError(`template: ${message}`);
}

function exactly(args: readonly TemplateValue[], count: number): readonly TemplateValue[] {
  return args.length === count ? args : fail(`wrong number of arguments: ${args.length}`);
}

function atLeast(args: readonly TemplateValue[], count: number): readonly TemplateValue[] {
  return args.length >= count ? args : fail(`wrong number of arguments: ${args.length}`);
}

function pair(args: readonly TemplateValue[]): readonly [TemplateValue, TemplateValue] {
  exactly(args, 2);
  return [args[0], args[1]];
}

/** Bytes of a text. */
function length(value: TemplateValue): TemplateValue {
  const text = textOf(value);
  if (text !== undefined) return BigInt(bytesOf(text).length);
  if (isList(value)) return BigInt(value.length);
  return isMap(value) ? BigInt(value.size) : fail('len of a value that has no length');
}

/** The element of a list, the value of a map, or the byte of a text. */
function item(collection: TemplateValue, index: TemplateValue): TemplateValue {
  if (isMap(collection)) {
    return typeof index === 'string' ? collection.get(index) : fail('the index of a map is no string');
  }
  const text = textOf(collection);
  const items = text === undefined ? collection : bytesOf(text);
  if (!(items instanceof Uint8Array || isList(items)) || typeof index !== 'bigint') {
    return fail('cannot index the value');
  }
  const found = items[Number(index)];
  if (found === undefined) return fail(`index out of range: ${index}`);
  return items instanceof Uint8Array ? BigInt(found as number) : found;
}

function slice([value, ...bounds]: readonly TemplateValue[]): TemplateValue {
  const text = textOf(value);
  const items = text === undefined ? value : bytesOf(text);
  if (!(items instanceof Uint8Array || isList(items)) || bounds.length > 2)
    return fail('cannot slice the value');
  const [start, end] = [bounds[0] ?? 0n, bounds[1] ?? BigInt(items.length)];
  if (typeof start !== 'bigint' || typeof end !== 'bigint') return fail('the bounds of a slice are integers');
  if (start < 0n || start > end || end > BigInt(items.length)) return fail('index out of range');
  const part = items.slice(Number(start), Number(end));
  return part instanceof Uint8Array ? textOfBytes(part) : part;
}

/** A space between two values where neither is a text. */
function print(args: readonly TemplateValue[], meter: Meter): string {
  let text = '';
  let afterText = true;
  for (const arg of args) {
    const isText = textOf(arg) !== undefined;
    text += (isText || afterText ? '' : ' ') + printValue(arg, meter);
    afterText = isText;
  }
  return text;
}

function printf(meter: Meter, args: readonly TemplateValue[]): TemplateValue {
  const [format, ...rest] = atLeast(args, 1);
  if (typeof format !== 'string') return fail('the format of printf is no string');
  return formatText(
    format,
    rest.map(arg => toFormatArgument(arg, meter)),
    meter,
  );
}

function escaping(pattern: RegExp, escapeOne: (character: string) => string): TemplateFunction {
  return (meter, args) => {
    const text = print(args, meter);
    const escaped = text.replace(pattern, escapeOne);
    meter(escaped.length);
    return escaped;
  };
}

function escapeScript(character: string): string {
  if (/[\\'"]/u.test(character)) return `\\${character}`;
  const digits = character.codePointAt(0)!.toString(16).toUpperCase();
  return `\\u${digits.padStart(4, '0')}`;
}

function escapeQuery(character: string): string {
  if (character === ' ') return '+';
  return hexOf(bytesOf(character)).toUpperCase().replace(/../gu, '%$&');
}

type Kind = 'text' | 'integer' | 'float' | 'boolean' | 'other';

function kindOf(value: TemplateValue): Kind {
  if (textOf(value) !== undefined) return 'text';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'boolean') return 'boolean';
  return value instanceof TemplateFloat ? 'float' : 'other';
}

function equal(a: TemplateValue, b: TemplateValue): boolean {
  const kind = kindOf(a);
  const none = (a ?? null) === null || (b ?? null) === null;
  if (kind !== kindOf(b)) return none ? false : fail('incompatible types for comparison');
  if (kind === 'other') return none ? (a ?? null) === (b ?? null) : fail('non-comparable types');
  return kind === 'boolean' ? a === b : order(a, b) === 0;
}

function order(a: TemplateValue, b: TemplateValue): number {
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return fail('incompatible types for comparison');
  if (kind === 'text') return compareStrings(textOf(a)!, textOf(b)!);
  if (kind === 'integer') return (a as bigint) < (b as bigint) ? -1 : a === b ? 0 : 1;
  if (kind === 'float') return (a as TemplateFloat).value - (b as TemplateFloat).value;
  return fail('invalid type for comparison');
}
