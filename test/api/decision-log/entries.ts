import { env } from 'cloudflare:workers';
import type { VerdictEntry } from '../../../src/api/decision-log/record.ts';
import type { ImageVerdict, Verdict } from '../../../src/decide/index.ts';
import { readSubmission } from '../../../src/manifests/index.ts';
import { defaultSettings, newUlid, openDatabase } from '../../../src/store/index.ts';

export const database = openDatabase(env.DB);

/** A decision of an organisation, as the log is told of it. */
export function entryOf(org: string, fields: Partial<VerdictEntry> = {}): VerdictEntry {
  const images = ['nginx'];
  return {
    org,
    settings: defaultSettings,
    requester: 'token:ci',
    door: 'evaluate',
    submission: readSubmission({ images }),
    sent: [],
    stored: [],
    verdict: verdictOf({ images: images.map(imageOf) }),
    ...fields,
  };
}

export function verdictOf(fields: Partial<Verdict> = {}): Verdict {
  return {
    decision_id: newUlid(Date.now()),
    decision: 'deny',
    as_of: '2026-12-01T00:00:00Z',
    policy: [{ name: 'acme/production', version: 7, digest: `sha256:${'7'.repeat(64)}` }],
    summary: { images: 1, allowed: 0, denied: 1, indeterminate: 0, warnings: 0, exempted: 0 },
    images: [],
    violations: [],
    unchecked: [],
    errors: [],
    cost: { rules: 1, steps: 1, rounds: 1, evaluate_us: 1 },
    ...fields,
  };
}

/** Of a name such as `nginx`, normalised. */
export function imageOf(ref: string): ImageVerdict {
  const repository = `library/${ref}`;
  const name = `docker.io/${repository}:latest`;
  const parts = { registry: 'docker.io', repository, tag: 'latest' };
  return { ref, name, ...parts, decision: 'deny', locations: [], violations: [], evidence: [] };
}

/** How many decisions of an organisation there are. */
export async function countOf(org: string): Promise<number> {
  const row = await env.DB.prepare('SELECT COUNT(*) AS n FROM decisions WHERE org = ?').bind(org).first<{
    n: number;
  }>();
  return row?.n ?? 0;
}
