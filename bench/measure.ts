/** One measured thing: a time in milliseconds, or a size. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  /** What `opa` takes for the same, where there is one on the PATH and it does the same. */
  readonly opa?: string;
  /** Its time through ours: above 1 we are faster. */
  readonly ratio?: number;
  readonly note?: string;
}

/** The median time of a call in milliseconds, after it has been warmed up; about a second of calls. */
export function median(call: () => unknown, budget = 1000): number {
  const until = (milliseconds: number): number[] => {
    const times: number[] = [];
    const end = performance.now() + milliseconds;
    while (times.length < 5 || performance.now() < end) {
      const started = performance.now();
      call();
      times.push(performance.now() - started);
    }
    return times;
  };
  until(budget / 3);
  return middle(until(budget));
}

/** The same for calls that take turns with something outside. */
export async function medianAsync(call: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < times + Math.ceil(times / 5); turn++) {
    const started = performance.now();
    await call();
    taken.push(performance.now() - started);
  }
  return middle(taken.slice(-times));
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

export function timeRow(what: string, ours: number, opa?: number, note?: string): Row {
  return {
    what,
    ours: time(ours),
    ...(opa !== undefined && { opa: time(opa), ratio: opa / ours }),
    ...(note !== undefined && { note }),
  };
}

export function time(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toPrecision(3)} µs`;
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toPrecision(3)} s`;
  return `${milliseconds.toPrecision(3)} ms`;
}

export function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
