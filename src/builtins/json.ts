import { isArray, isSet, type ObjectValue, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { type Layout, marshalJson } from './go-json.ts';
import { applyPatches } from './json-patch.ts';
import { filterPaths, type PathTree, parsePath, pathTree, removePaths } from './json-paths.ts';
import { unmarshalJson } from './json-text.ts';
import { asArray, asObject, asString, mismatch } from './operands.ts';

export const jsonFamily: Readonly<Record<string, BuiltinFunction>> = {
  'json.marshal': (context, value) => marshalJson(context.budget, value!),
  'json.marshal_with_options': marshalWithOptions,
  'json.unmarshal': (context, text) => unmarshalJson(context, asString(text!, 1)),
  'json.is_valid': isValid,
  'json.patch': (context, value, patches) => applyPatches(context.budget, value!, asArray(patches!, 2)),
  'json.filter': (_context, object, paths) => filterPaths(asObject(object!, 1), pathsOperand(paths!)),
  'json.remove': (_context, object, paths) => removePaths(asObject(object!, 1), pathsOperand(paths!)),
};

function isValid(context: BuiltinContext, text: Value): Value {
  if (typeof text !== 'string') return false;
  chargeScan(context.budget, text.length);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function marshalWithOptions(context: BuiltinContext, value: Value, options: Value): Value {
  const layout = layoutOf(asObject(options, 2));
  if (layout === undefined) return marshalJson(context.budget, value);
  return layout.prefix + marshalJson(context.budget, value, layout);
}

/** Undefined where all is to stand on one line. */
function layoutOf(options: ObjectValue): Layout | undefined {
  let pretty: boolean | undefined;
  let prefix = '';
  let indent = '\t';
  for (const [key, value] of options.entries()) {
    if (key === 'pretty' && typeof value === 'boolean') pretty = value;
    else if (key === 'prefix' && typeof value === 'string') prefix = value;
    else if (key === 'indent' && typeof value === 'string') indent = value;
    else throw new BuiltinError(`operand 2 has a wrong or unknown key ${String(key)}`, 'eval_type_error');
  }
  return (pretty ?? (options.has('prefix') || options.has('indent'))) ? { prefix, indent } : undefined;
}

function pathsOperand(paths: Value): PathTree {
  if (!isArray(paths) && !isSet(paths)) return mismatch(paths, 2, 'set', 'array');
  return pathTree((isArray(paths) ? paths : paths.items()).map(parsePath));
}
