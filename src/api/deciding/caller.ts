import type { ExemptionObject } from '../../decide/index.ts';
import {
  type Door,
  defaultSettings,
  liveExemptions,
  type OrganisationSettings,
  type StoredRegistry,
} from '../../store/index.ts';
import type { Principal } from '../access/principal.ts';

/** An organisation for which it is decided. */
export interface Caller {
  readonly principal: Principal;
  readonly settings: OrganisationSettings;
  /** Those that hold now for the policies that are asked for. */
  readonly exemptions: readonly ExemptionObject[];
  /** Sealed credentials. */
  readonly registries: readonly StoredRegistry[];
}

export function callerOf(principal: Principal, door: Door, now: number): Caller {
  return {
    principal,
    settings: { ...defaultSettings, ...door.organisation?.settings },
    exemptions: liveExemptions(door.exemptions, now),
    registries: door.registries,
  };
}
