import type { Verdict } from '../decide/index.ts';

/** Upper bounds in seconds. */
const bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

/**
 * Counters of one isolate, from when it began. The platform runs many isolates, so a scrape sees one
 * of them; they add up to the whole only where there is one, as in a container or in `npm start`.
 */
export class Metrics {
  private readonly requests = new Map<string, number>();
  private readonly decisions = new Map<string, number>();
  private readonly lost = new Map<string, number>();
  private readonly durations = new Map<string, Histogram>();

  request(method: string, route: string, status: number, seconds: number): void {
    add(this.requests, labels({ method, route, status: String(status) }));
    const key = labels({ route });
    const histogram = this.durations.get(key) ?? { counts: bounds.map(() => 0), sum: 0, count: 0 };
    bounds.forEach((bound, index) => {
      if (seconds <= bound) histogram.counts[index]!++;
    });
    histogram.sum += seconds;
    histogram.count++;
    this.durations.set(key, histogram);
  }

  verdict(verdict: Verdict): void {
    add(this.decisions, labels({ decision: verdict.decision }));
  }

  /** A decision that neither the queue nor the database took. */
  unrecorded(): void {
    add(this.lost, '');
  }

  /** In the text format of Prometheus. */
  render(): string {
    return [
      ...counter('pratique_requests_total', 'Requests answered.', this.requests),
      ...counter('pratique_decisions_total', 'Verdicts given.', this.decisions),
      ...counter('pratique_decisions_unrecorded_total', 'Verdicts that are on no record.', this.lost),
      ...histograms('pratique_request_duration_seconds', 'Time to answer a request.', this.durations),
      '',
    ].join('\n');
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function labels(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(
      ([name, value]) =>
        `${name}="${value.replace(/[\\"\n]/gu, character => (character === '\n' ? '\\n' : `\\${character}`))}"`,
    )
    .join(',');
}

function counter(name: string, help: string, counts: ReadonlyMap<string, number>): string[] {
  const lines = [...counts].map(([key, count]) => `${name}${key === '' ? '' : `{${key}}`} ${count}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...lines];
}

function histograms(name: string, help: string, durations: ReadonlyMap<string, Histogram>): string[] {
  const lines = [...durations].flatMap(([key, { counts, sum, count }]) => [
    ...counts.map((value, index) => `${name}_bucket{${key},le="${bounds[index]}"} ${value}`),
    `${name}_bucket{${key},le="+Inf"} ${count}`,
    `${name}_sum{${key}} ${sum}`,
    `${name}_count{${key}} ${count}`,
  ]);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines];
}
