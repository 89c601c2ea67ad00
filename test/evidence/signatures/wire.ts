import type { Question } from './cases.ts';

/** A question as JSON text carries it: bytes as `{"base64": …}`. */
export type WireQuestion = unknown;

export function toWire(question: Question): string {
  return JSON.stringify(question, (_key, value: unknown) => {
    const bytes = bytesOf(value);
    return bytes === undefined ? value : { base64: Buffer.from(bytes).toString('base64') };
  });
}

export function fromWire(wire: WireQuestion): Question {
  return revive(wire) as Question;
}

/** A Buffer has already become `{"type": "Buffer", "data": […]}` when a replacer sees it. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, data } = value as { readonly type?: unknown; readonly data?: unknown };
  return type === 'Buffer' && Array.isArray(data) ? Uint8Array.from(data) : undefined;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first![0] === 'base64' && typeof first![1] === 'string')
    return new Uint8Array(Buffer.from(first![1], 'base64'));
  return Object.fromEntries(entries.map(([key, item]) => [key, revive(item)]));
}
