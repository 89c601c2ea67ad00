import { compare, isArray, isNumber, type ObjectValue, printNumber, type Value } from '../../values/index.ts';
import { type BuiltinContext, BuiltinError } from '../builtin.ts';
import type { Jwk } from './jwk.ts';
import { parseKeys, secretKey } from './verification.ts';

/** What `io.jwt.decode_verify` asks of a token; empty texts ask nothing. */
export interface Constraints {
  readonly keys: readonly Jwk[];
  readonly alg: string;
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly time: number;
}

const names = new Set<Value>(['cert', 'secret', 'alg', 'iss', 'aud', 'time']);

export function parseConstraints(context: BuiltinContext, operand: ObjectValue): Constraints {
  const unknown = operand.keys().find(key => !names.has(key));
  if (unknown !== undefined) return fail(`unknown token validation constraint: ${String(unknown)}`);
  const certificate = operand.has('cert') ? text(operand, 'cert') : undefined;
  const certificateKeys = certificate === undefined ? undefined : parseKeys(context, certificate);
  const secret = text(operand, 'secret');
  const [alg, iss, aud] = [text(operand, 'alg'), text(operand, 'iss'), text(operand, 'aud')];
  const time = timeOf(operand, context.now);
  if (certificateKeys && secret !== '') return fail('duplicate key constraints');
  const keys = certificateKeys ?? (secret === '' ? fail('no key constraint') : [secretKey(secret)]);
  return { keys, alg, iss, aud, time };
}

function text(operand: ObjectValue, name: string): string {
  const value = operand.has(name) ? operand.get(name) : '';
  return typeof value === 'string' ? value : fail(`${name} constraint: must be a string`);
}

function timeOf(operand: ObjectValue, now: bigint): number {
  const time = operand.get('time');
  if (time === undefined) return Number(now) / 1e9;
  if (!isNumber(time)) return fail('token time constraint: must be a number');
  const nanoseconds = Number(printNumber(time));
  return nanoseconds < 0 ? fail('token time constraint: must not be negative') : nanoseconds / 1e9;
}

/** Whether the claims are what is asked of them. Throws BuiltinError where a time is no number. */
export function claimsHold(constraints: Constraints, payload: ObjectValue): boolean {
  if (constraints.iss !== '' && payload.get('iss') !== constraints.iss) return false;
  if (!audienceHolds(constraints.aud, payload.get('aud'))) return false;
  const expires = timeClaim(payload, 'exp');
  if (expires !== undefined && compare(constraints.time, expires) >= 0) return false;
  const begins = timeClaim(payload, 'nbf');
  return begins === undefined || compare(constraints.time, begins) >= 0;
}

function audienceHolds(wanted: string, audience: Value | undefined): boolean {
  if (audience === undefined) return wanted === '';
  return isArray(audience) ? audience.includes(wanted) : audience === wanted;
}

function timeClaim(payload: ObjectValue, name: 'exp' | 'nbf'): Value | undefined {
  const time = payload.get(name);
  return time === undefined || isNumber(time) ? time : fail(`${name} value must be a number`);
}

function fail(message: string): never {
  throw new BuiltinError(message);
}
