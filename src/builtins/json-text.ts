import { limits } from '../base/index.ts';
import { parseJson, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError } from './builtin.ts';
import { chargeScan } from './bytes.ts';

/** The value of a JSON text; throws BuiltinError where it is none or nested too deeply. */
export function unmarshalJson(context: Pick<BuiltinContext, 'budget'>, text: string): Value {
  chargeScan(context.budget, text.length);
  if (nesting(text) > limits.nesting) {
    throw new BuiltinError(`json: nested deeper than ${limits.nesting} levels`);
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new BuiltinError(error instanceof SyntaxError ? error.message : 'json: the text cannot be read');
  }
}

/** How deep the brackets outside strings go. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}
