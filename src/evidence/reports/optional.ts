/** The fields of an object that are not undefined. */
export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without those fields that are undefined, so that absent stays absent. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
