import * as z from 'zod';
import type { Json, JsonObject } from '../../values/index.ts';

/**
 * JSON that is handed on as it came. Zod is not told what is in it: it would copy each object, and drop
 * a key such as `__proto__` on the way, which is plain data here.
 */
export const json = z.custom<Json>(value => value !== undefined, 'expected a JSON value');

export const jsonObject = z
  .custom<JsonObject>(isObject, 'expected an object')
  .meta({ type: 'object', additionalProperties: true });

/** An object of texts by name, whatever the names are. */
export const texts = z
  .custom<Readonly<Record<string, string>>>(isObject, 'expected an object of texts')
  .superRefine((value, context) => {
    for (const key of Object.keys(value)) {
      if (typeof value[key] === 'string') continue;
      context.addIssue({ code: 'custom', path: [key], message: 'expected a text' });
    }
  })
  .meta({ type: 'object', additionalProperties: { type: 'string' } });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
