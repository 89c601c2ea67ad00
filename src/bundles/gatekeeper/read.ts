/** What was read, or the sentences that say why it cannot be used. Warnings do not stand here. */
export interface Read<T> {
  /** Absent where there are problems. */
  readonly value?: T;
  readonly problems: readonly string[];
}

export function unusable(...problems: readonly string[]): Read<never> {
  return { problems };
}

export function usable<T>(value: T): Read<T> {
  return { value, problems: [] };
}
