import type { MessageBatch, MessageSendRequest, Queue } from '@cloudflare/workers-types';
import type { Database } from './database.ts';
import type { DecisionMessage } from './decision-messages.ts';
import { writeDecisions } from './decision-writing.ts';

/** Of one call of a queue: 100 messages and 256 KB, of which some are the queue's own. */
const batchMessages = 100;
const batchBytes = 240_000;

/** Hands messages to the queue; rejects where it does not take all of them. */
export async function sendDecisions(
  queue: Queue<DecisionMessage>,
  messages: readonly DecisionMessage[],
): Promise<void> {
  for (const batch of batchesOf(messages)) await queue.sendBatch(batch);
}

/**
 * Writes a batch of the queue to D1. What could not be written comes again, later each time; where the whole
 * batch fails each message is tried alone, so that one that cannot be written holds up no other.
 */
export async function consumeDecisions(
  database: Database,
  { messages }: MessageBatch<DecisionMessage>,
): Promise<void> {
  try {
    await writeDecisions(
      database,
      messages.map(({ body }) => body),
    );
    for (const message of messages) message.ack();
  } catch {
    for (const message of messages) {
      try {
        await writeDecisions(database, [message.body]);
        message.ack();
      } catch {
        message.retry({ delaySeconds: retryDelay(message.attempts) });
      }
    }
  }
}

/** Seconds: doubled each time, an hour at most. With the retries of wrangler.toml that is four days. */
export function retryDelay(attempts: number): number {
  return Math.min(2 ** attempts, 3_600);
}

function batchesOf(messages: readonly DecisionMessage[]): readonly MessageSendRequest<DecisionMessage>[][] {
  const batches: MessageSendRequest<DecisionMessage>[][] = [];
  let room = 0;
  for (const body of messages) {
    const size = new TextEncoder().encode(JSON.stringify(body)).byteLength;
    const last = batches.at(-1);
    if (last === undefined || size > room || last.length === batchMessages) {
      batches.push([{ body, contentType: 'json' }]);
      room = batchBytes - size;
    } else {
      last.push({ body, contentType: 'json' });
      room -= size;
    }
  }
  return batches;
}
