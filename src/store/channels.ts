import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import { violates } from './constraint.ts';
import type { Database } from './database.ts';
import { newUlid } from './identifiers.ts';
import { nextRevision, type Precondition, PreconditionError } from './precondition.ts';
import { channels, moves, policies } from './schema.ts';

export type StoredChannel = typeof channels.$inferSelect;
/** One entry of a channel's history, or a move that waits for an approval. */
export type StoredMove = typeof moves.$inferSelect;

export interface ChannelKey {
  readonly org: string;
  readonly policy: string;
  readonly channel: string;
}

/** A channel that is to point at a version; the version must be there. */
export interface NewMove extends ChannelKey {
  readonly number: number;
  readonly actor: string;
  readonly note?: string;
}

export interface MoveResult {
  readonly move: StoredMove;
  /** Of the channel; absent where it is not there yet. */
  readonly channel?: StoredChannel;
}

/**
 * Points a channel at a version, at once; where the channel needs approvals, the move waits for one. Throws
 * PreconditionError.
 */
export async function moveChannel(
  database: Database,
  move: NewMove,
  precondition: Precondition,
  now: number,
): Promise<MoveResult> {
  try {
    return await moveNow(database, move, precondition, now);
  } catch (error) {
    if (violates(error, 'moves.to_number')) return await requestMove(database, move, precondition, now);
    if (isRefused(error)) throw new PreconditionError();
    throw error;
  }
}

/** Fails at `moves.to_number` where the channel needs approvals, whoever asked for them a moment ago. */
async function moveNow(database: Database, move: NewMove, precondition: Precondition, now: number) {
  const { org, policy, channel, number, actor } = move;
  const guarded = sql<number>`CASE WHEN EXISTS (
    SELECT 1 FROM ${policies}, json_each(${policies.approvals})
    WHERE ${policies.org} = ${org} AND ${policies.name} = ${policy} AND json_each.value = ${channel}
  ) THEN NULL ELSE ${number} END`;
  const details = { channel, version: number };
  const id = newUlid(now);
  const [[inserted], [moved]] = await database.batch([
    database
      .insert(moves)
      .values({
        ...moveValues(move, id, now),
        toNumber: guarded,
        state: 'done',
        decidedAt: now,
        decidedBy: actor,
      })
      .returning(),
    channelRow(database, move, precondition, now).returning(),
    bumpPolicy(database, move),
    auditRow(database, { org, actor, action: 'channel.move', target: policy, details }, now),
  ]);
  return result(inserted, moved);
}

async function requestMove(database: Database, move: NewMove, precondition: Precondition, now: number) {
  const { org, policy, channel, number, actor } = move;
  const current = await findChannel(database, move);
  if (
    precondition === 'absent'
      ? current !== undefined
      : (precondition?.revision ?? current?.revision) !== current?.revision
  )
    throw new PreconditionError();
  const details = { channel, version: number };
  const [[inserted]] = await database.batch([
    database
      .insert(moves)
      .values({ ...moveValues(move, newUlid(now), now), toNumber: number, state: 'pending' })
      .returning(),
    auditRow(database, { org, actor, action: 'channel.request', target: policy, details }, now),
  ]);
  return result(inserted, current);
}

/** The answer to a move that waits. */
export interface MoveAnswer extends ChannelKey {
  readonly id: string;
  readonly approve: boolean;
  readonly actor: string;
}

/** Does or rejects a move that waits; undefined where it has been answered, or the channel has moved since. */
export async function answerMove(
  database: Database,
  answer: MoveAnswer,
  { toNumber, requestedBy, note }: StoredMove,
  now: number,
): Promise<MoveResult | undefined> {
  const { org, policy, channel, id, approve, actor } = answer;
  const move = { ...answer, number: toNumber, actor: requestedBy, ...(note !== null && { note }) };
  const still = sql<number>`CASE WHEN state = 'pending' AND (${!approve} OR
    (from_number IS ${numberNow(answer)} AND NOT ${hasMovedSince})) THEN to_number END`;
  const details = { channel, version: toNumber, move: id };
  const action = approve ? 'channel.approve' : 'channel.reject';
  try {
    const [[answered], ...others] = await database.batch([
      database
        .update(moves)
        .set({ toNumber: still, state: approve ? 'done' : 'rejected', decidedAt: now, decidedBy: actor })
        .where(and(eq(moves.org, org), eq(moves.id, id)))
        .returning(),
      auditRow(database, { org, actor, action, target: policy, details }, now),
      ...(approve
        ? [channelRow(database, move, undefined, now).returning(), bumpPolicy(database, move)]
        : []),
    ]);
    const [moved] = (others[1] ?? []) as readonly StoredChannel[];
    return result(answered, moved);
  } catch (error) {
    if (violates(error, 'moves.to_number')) return undefined;
    throw error;
  }
}

/** Also where it has moved back since. */
const hasMovedSince = sql`EXISTS (SELECT 1 FROM moves AS later
  WHERE later.org = moves.org AND later.policy = moves.policy AND later.channel = moves.channel
    AND later.state = 'done' AND (later.decided_at, later.id) > (moves.requested_at, moves.id))`;

export async function findChannel(database: Database, key: ChannelKey): Promise<StoredChannel | undefined> {
  const [row] = await database.select().from(channels).where(isChannel(key));
  return row;
}

export async function findMove(
  database: Database,
  { org, policy, channel }: ChannelKey,
  id: string,
): Promise<StoredMove | undefined> {
  const [row] = await database
    .select()
    .from(moves)
    .where(and(eq(moves.org, org), eq(moves.id, id), eq(moves.policy, policy), eq(moves.channel, channel)));
  return row;
}

/** The newest first, from the one before the given id. */
export function listMoves(
  database: Database,
  { org, policy, channel }: ChannelKey,
  { limit, before }: { readonly limit: number; readonly before?: string },
): Promise<readonly StoredMove[]> {
  return database
    .select()
    .from(moves)
    .where(
      and(
        eq(moves.org, org),
        eq(moves.policy, policy),
        eq(moves.channel, channel),
        before === undefined ? undefined : lt(moves.id, before),
      ),
    )
    .orderBy(desc(moves.id))
    .limit(limit);
}

function moveValues(move: NewMove, id: string, now: number) {
  const { org, policy, channel, actor, note } = move;
  return {
    ...{ org, id, policy, channel, requestedAt: now, requestedBy: actor, note: note ?? null },
    fromNumber: sql<number>`${numberNow(move)}`,
  };
}

function numberNow({ org, policy, channel }: ChannelKey) {
  return sql`(SELECT c.number FROM channels c WHERE c.org = ${org} AND c.policy = ${policy} AND c.name = ${channel})`;
}

function channelRow(
  database: Database,
  { org, policy, channel, number, actor }: NewMove,
  precondition: Precondition,
  now: number,
) {
  const pointer = { number, movedAt: now, movedBy: actor };
  // Null, which no revision may be, where a revision is asked of a channel that is not there.
  const revision =
    typeof precondition === 'object'
      ? sql<number>`CASE WHEN ${numberNow({ org, policy, channel })} THEN 1 END`
      : 1;
  const row = database.insert(channels).values({ org, policy, name: channel, revision, ...pointer });
  if (precondition === 'absent') return row;
  return row.onConflictDoUpdate({
    target: [channels.org, channels.policy, channels.name],
    set: { ...pointer, revision: nextRevision(channels.revision, precondition) },
  });
}

function bumpPolicy(database: Database, { org, policy }: ChannelKey) {
  return database
    .update(policies)
    .set({ revision: sql`revision + 1` })
    .where(and(eq(policies.org, org), eq(policies.name, policy)));
}

function isChannel({ org, policy, channel }: ChannelKey) {
  return and(eq(channels.org, org), eq(channels.policy, policy), eq(channels.name, channel));
}

function isRefused(error: unknown): boolean {
  return violates(error, 'channels.revision') || violates(error, 'channels.org');
}

function result(move: StoredMove | undefined, channel: StoredChannel | undefined): MoveResult {
  if (move === undefined) throw new Error('a move that was written was not given back');
  return { move, ...(channel !== undefined && { channel }) };
}
