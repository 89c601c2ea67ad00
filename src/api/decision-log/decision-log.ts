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

  /** Returns at once. What is recorded together takes few calls of the queue, of which a request has only so many. */
  record(...entries: readonly DecisionEntry[]): void {
    if (entries.length > 0) this.deps.afterwards(this.keep(entries));
  }

  /** By the queue; where it refuses, straight to D1; where that fails too, the log of the platform says which. */
  private async keep(entries: readonly DecisionEntry[]): Promise<void> {
    await answered();
    const records = entries.map(entry => ({ entry, messages: this.messagesOf(entry) }));
    try {
      await this.enqueue(records.flatMap(({ messages }) => messages));
    } catch {
      for (const { entry, messages } of records) await this.write(messages).catch(() => this.lost(entry));
    }
  }

  /** None where it cannot be recorded. */
  private messagesOf(entry: DecisionEntry): readonly DecisionMessage[] {
    try {
      return toMessages(toRecord(entry));
    } catch {
      this.lost(entry);
      return [];
    }
  }

  private lost(entry: DecisionEntry): void {
    this.metrics.unrecorded();
    const time = toTime(this.deps.now());
    const decision = { decision_id: idOf(entry), org: entry.org };
    this.deps.log(JSON.stringify({ time, level: 'error', code: 'decision_unrecorded', ...decision }));
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
