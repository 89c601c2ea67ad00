import { type DecisionMessage, toMessages, writeDecisions } from '../../store/index.ts';
import type { AppDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { toTime } from '../time.ts';
import { type DecisionEntry, idOf, toRecord } from './record.ts';

type LogDeps = Pick<AppDeps, 'database' | 'enqueueDecisions' | 'afterwards' | 'log' | 'now'>;

/** Puts decisions on record once they are answered; never slows one, nor fails it. */
export class DecisionLog {
  private readonly deps: LogDeps;
  private readonly metrics: Metrics;

  constructor(deps: LogDeps, metrics: Metrics) {
    this.deps = deps;
    this.metrics = metrics;
  }

  /** Returns at once. */
  record(entry: DecisionEntry): void {
    this.deps.afterwards(this.keep(entry));
  }

  /** By the queue; where it refuses, straight to D1; where that fails too, the log of the platform says which. */
  private async keep(entry: DecisionEntry): Promise<void> {
    try {
      await answered();
      const messages = toMessages(toRecord(entry));
      await this.enqueue(messages).catch(() => this.write(messages));
    } catch {
      this.metrics.unrecorded();
      const time = toTime(this.deps.now());
      const line = {
        time,
        level: 'error',
        code: 'decision_unrecorded',
        decision_id: idOf(entry),
        org: entry.org,
      };
      this.deps.log(JSON.stringify(line));
    }
  }

  private async enqueue(messages: readonly DecisionMessage[]): Promise<void> {
    const { enqueueDecisions } = this.deps;
    if (enqueueDecisions === undefined) throw new Error('there is no queue');
    await enqueueDecisions(messages);
  }

  private async write(messages: readonly DecisionMessage[]): Promise<void> {
    const { database } = this.deps;
    if (database === undefined) throw new Error('there is no database');
    await writeDecisions(database, messages);
  }
}

/** Lets the answer go first. */
function answered(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 0));
}
