import type { Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { chargeSteps } from './text.ts';

/**
 * What a call costs beyond the step that every call does, where it takes longer than a step stands for (about an
 * eighth of a microsecond): steps for the call, and steps for every 64 characters of its texts. What a function makes, and what
 * depends on more than the length of its texts, it charges itself.
 */
interface Price {
  readonly call?: number;
  readonly text?: number;
}

/** By the whole name, or by what it begins with up to a dot. */
const prices: ReadonlyMap<string, Price> = new Map([
  // Text: found and compared by the engine, then character by character, then with a piece made for each
  ['trim_prefix', { text: 1 }],
  ['trim_suffix', { text: 1 }],
  ['strings.any_prefix_match', { text: 1 }],
  ['strings.any_suffix_match', { text: 1 }],
  ['split', { text: 2 }],
  ['strings.split_n', { text: 2 }],
  ['count', { text: 2 }],
  ['substring', { text: 2 }],
  ['replace', { text: 2 }],
  ['base64.is_valid', { text: 4 }],
  ['base64', { text: 12 }],
  ['base64url', { text: 12 }],
  ['hex', { text: 32 }],
  ['upper', { text: 16 }],
  ['lower', { text: 16 }],
  ['trim', { text: 16 }],
  ['trim_left', { text: 16 }],
  ['trim_right', { text: 16 }],
  ['trim_space', { text: 16 }],
  ['strings.reverse', { text: 24 }],
  ['urlquery', { text: 48 }],
  ['json.unmarshal', { call: 4, text: 20 }],
  ['json.is_valid', { call: 4, text: 4 }],
  ['yaml', { call: 80, text: 24 }],
  // Calls that take long whatever their texts are
  ['sprintf', { call: 4 }],
  ['strings.render_template', { call: 24, text: 16 }],
  ['crypto', { call: 24 }],
  ['crypto.hmac', { call: 100 }],
  ['crypto.x509', { call: 1_000 }],
  ['time', { call: 32 }],
  ['semver', { call: 4 }],
  ['bits.lsh', { call: 160 }],
  ['net', { call: 8 }],
  ['uuid', { call: 8 }],
  ['units', { call: 8 }],
  ['uri', { call: 16, text: 16 }],
  ['regex', { call: 4 }],
  ['regex.template_match', { call: 60 }],
  ['glob', { call: 4 }],
  ['graphql', { call: 700 }],
  ['json.match_schema', { call: 40 }],
  ['json.verify_schema', { call: 40 }],
  ['rego', { call: 100 }],
  ['io.jwt', { call: 1_000 }],
  ['io.jwt.decode', { call: 40 }],
  ['providers', { call: 400 }],
]);

/** The function, charged by its price where it has one. None takes more than four operands. */
export function priced(name: string, run: BuiltinFunction): BuiltinFunction {
  const price = priceOf(name);
  if (price === undefined) return run;
  const { call = 0, text = 0 } = price;
  return (context: BuiltinContext, a: Value, b: Value, c: Value, d: Value) => {
    const length = text === 0 ? 0 : lengthOf(a) + lengthOf(b) + lengthOf(c);
    chargeSteps(context.budget, call + Math.ceil((length * text) / 64));
    return run(context, a, b, c, d);
  };
}

function priceOf(name: string): Price | undefined {
  for (let prefix = name; prefix !== ''; prefix = prefix.slice(0, Math.max(prefix.lastIndexOf('.'), 0))) {
    const price = prices.get(prefix);
    if (price !== undefined) return price;
  }
  return undefined;
}

function lengthOf(operand: Value | undefined): number {
  return typeof operand === 'string' ? operand.length : 0;
}
