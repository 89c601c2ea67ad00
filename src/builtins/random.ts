import type { Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { hexOf } from './bytes.ts';
import { asInteger, asString } from './operands.ts';
import { describeUuid, formatUuid, parseUuid } from './uuid.ts';

export const randomFamily: Readonly<Record<string, BuiltinFunction>> = {
  'rand.intn': intn,
  'uuid.rfc4122': newUuid,
  'uuid.parse': (_context, text) => {
    const bytes = parseUuid(asString(text!, 1));
    return bytes && describeUuid(bytes);
  },
};

function intn(context: BuiltinContext, key: Value, bound: Value): Value {
  const text = asString(key, 1);
  const size = Math.abs(asInteger(bound, 2));
  if (size === 0) return 0;
  return remembered(context, `rand.intn ${size} ${text}`, () => below(context, size));
}

/** Each number below `size` as likely as another. */
function below(context: BuiltinContext, size: number): number {
  const range = 2 ** 53;
  const most = range - (range % size);
  for (;;) {
    const drawn = (context.random() >>> 0) * 2 ** 21 + (context.random() >>> 11);
    if (drawn < most) return drawn % size;
  }
}

function newUuid(context: BuiltinContext, key: Value): Value {
  return remembered(context, `uuid.rfc4122 ${asString(key, 1)}`, () => {
    const words = Uint32Array.from({ length: 4 }, () => context.random());
    const bytes = new Uint8Array(words.buffer);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return formatUuid(hexOf(bytes));
  });
}

function remembered(context: BuiltinContext, key: string, make: () => Value): Value {
  const known = context.memo.get(key);
  if (known !== undefined) return known;
  const value = make();
  context.memo.set(key, value);
  return value;
}
