import type {
  MoveResult,
  PolicyHead,
  StoredChannel,
  StoredMove,
  StoredVersion,
} from '../../../store/index.ts';
import { toTime } from '../../time.ts';

export function versionHead({ number, digest, note, publishedAt, publishedBy }: StoredVersion) {
  return {
    version: number,
    digest,
    ...(note !== null && { note }),
    published_at: toTime(publishedAt),
    published_by: publishedBy,
  };
}

export function shownChannel({ name, number, revision, movedAt, movedBy }: StoredChannel) {
  return { name, version: number, revision, moved_at: toTime(movedAt), moved_by: movedBy };
}

export function shownMove({ id, fromNumber, toNumber, state, note, ...move }: StoredMove) {
  return {
    id,
    ...(fromNumber !== null && { from: fromNumber }),
    to: toNumber,
    state,
    ...(note !== null && { note }),
    requested_at: toTime(move.requestedAt),
    requested_by: move.requestedBy,
    ...(move.decidedAt !== null && { decided_at: toTime(move.decidedAt) }),
    ...(move.decidedBy !== null && { decided_by: move.decidedBy }),
  };
}

export function shownResult({ move, channel }: MoveResult) {
  return { move: shownMove(move), ...(channel && { channel: shownChannel(channel) }) };
}

export function shownPolicy({ policy, latest, channels }: PolicyHead) {
  const { org, name, visibility, approvals, revision, createdAt, createdBy } = policy;
  return {
    name: `${org}/${name}`,
    visibility,
    approvals,
    revision,
    created_at: toTime(createdAt),
    created_by: createdBy,
    latest: { ...versionHead(latest), ...latest.manifest },
    channels: channels.map(shownChannel),
  };
}
