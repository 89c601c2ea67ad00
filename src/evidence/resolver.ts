import { limits } from '../base/index.ts';
import { evidenceAnswer } from '../images/index.ts';
import type { Value } from '../values/index.ts';
import { AttestationHandler } from './attestation.ts';
import { limitConnections } from './connections.ts';
import type { Evidence, EvidenceNeed, EvidenceResolver } from './evidence.ts';
import type { EvidenceHandler, Found } from './handler.ts';
import { HttpSend } from './http-send.ts';
import { BaseHandler, ConfigHandler, ManifestHandler, ResolveHandler } from './image.ts';
import { imageNameOf } from './image-question.ts';
import { Images } from './images.ts';
import { IpLookup } from './ip-lookup.ts';
import { textAt } from './json-field.ts';
import { LookUpError, toLookUpError } from './look-up-error.ts';
import type { Outside } from './outside.ts';
import { RegistryClient, type RegistrySettings } from './registry/index.ts';
import { ReportHandler, type ReportQuestion } from './report-handler.ts';
import { SentEvidence } from './sent.ts';
import { SignatureHandler } from './signature.ts';
import type { TrustRoot } from './signatures/index.ts';
import type { StoredEvidence } from './stored.ts';
import { StoredLookUps } from './stored-look-ups.ts';
import { trustIn } from './trust.ts';

export interface ResolverOptions {
  /** Milliseconds, from any beginning. */
  readonly clock: () => number;
  /** Milliseconds for one look-up, and for all; the limits of the same name where absent. */
  readonly lookUpTime?: number;
  readonly evidenceTime?: number;
  /** Told of the needs of a round, before the first is looked up. */
  readonly prepare?: (needs: readonly EvidenceNeed[]) => void;
}

/** What the evidence of one decision depends on. */
export interface EvidenceSettings {
  /** The time at which signatures are verified: nanoseconds since 1970. */
  readonly asOf: bigint;
  readonly registry?: RegistrySettings;
  readonly sent?: SentEvidence;
  readonly stored?: StoredEvidence;
  /** In place of that of Sigstore's public good. */
  readonly trustRoots?: readonly TrustRoot[];
}

/** The resolver of one decision, with all that can be asked here. */
export function createResolver(
  outside: Outside,
  { asOf, registry = {}, sent = SentEvidence.none, stored: store, trustRoots }: EvidenceSettings,
): EvidenceResolver {
  const shared = { ...outside, fetch: limitConnections(outside.fetch, limits.connections) };
  const images = new Images(new RegistryClient(shared, registry), registry.platform);
  const stored = new StoredLookUps(store);
  const sources = { images, sent, stored };
  const trust = trustIn(asOf, trustRoots);
  const handlers = new Map<string, EvidenceHandler>([
    ['http.send', new HttpSend(shared)],
    ['net.lookup_ip_addr', new IpLookup(outside)],
    ['resolve', new ResolveHandler(images)],
    ['manifest', new ManifestHandler(images)],
    ['config', new ConfigHandler(images)],
    ['base', new BaseHandler(images)],
    ['signature', new SignatureHandler(sources, trust)],
    ['attestation', new AttestationHandler(sources, trust)],
    ['scan', new ReportHandler(scanQuestion(asOf), sources, trust)],
    ['sbom', new ReportHandler(sbomQuestion(asOf), sources, trust)],
  ]);
  const prepare = (needs: readonly EvidenceNeed[]) => {
    for (const digest of needs.flatMap(storedDigest)) void stored.of(digest);
  };
  return new HandlerResolver(handlers, { clock: outside.clock, prepare });
}

/** What a store may know about. */
const storedKinds: ReadonlySet<string> = new Set(['signature', 'attestation', 'scan', 'sbom']);

/** The digest of which a need wants to know what is stored, where it says so itself. */
function storedDigest(need: EvidenceNeed): string | readonly [] {
  return (storedKinds.has(need.kind) && textAt(need.request, 'image', 'digest')) || [];
}

function scanQuestion(now: bigint): ReportQuestion {
  return {
    type: 'scan',
    answering: ({ scanAnswer }, subject, candidates, criteria) =>
      scanAnswer(subject, candidates, { now, criteria }),
  };
}

function sbomQuestion(now: bigint): ReportQuestion {
  return {
    type: 'sbom',
    answering: ({ sbomAnswer }, subject, candidates, criteria) =>
      sbomAnswer(subject, candidates, { now, criteria }),
  };
}

/**
 * Answers needs by handlers for their kinds, side by side, at most `limits.connections` at once, each need
 * once for the whole decision. What has no handler is unavailable; a look-up that fails, takes too long, or
 * is not answered when the time for all is up has the answer that its handler gives for that.
 */
export class HandlerResolver implements EvidenceResolver {
  private readonly handlers: ReadonlyMap<string, EvidenceHandler>;
  private readonly options: ResolverOptions;
  /** In the order in which they were asked. */
  private readonly asked = new Map<string, EvidenceNeed>();
  private readonly found = new Map<string, Found>();
  private end: number | undefined;

  constructor(handlers: ReadonlyMap<string, EvidenceHandler>, options: ResolverOptions) {
    this.handlers = handlers;
    this.options = options;
  }

  async resolve(needs: readonly EvidenceNeed[]): Promise<ReadonlyMap<string, Value>> {
    const { clock, evidenceTime = limits.evidenceTime, prepare } = this.options;
    this.end ??= clock() + evidenceTime;
    const open = needs.filter(need => !this.asked.has(need.key) && this.asked.set(need.key, need));
    prepare?.(open);
    const queue = open.values();
    const lane = async () => {
      for (const need of queue) this.found.set(need.key, await this.answer(need));
    };
    await Promise.all(Array.from({ length: Math.min(limits.connections, open.length) }, lane));
    return new Map(needs.map(({ key }) => [key, this.found.get(key)!.value]));
  }

  seen(name?: string): readonly Evidence[] {
    const needs = [...this.asked.values()].filter(need => imageNameOf(need) === name);
    return needs.flatMap(({ key }) => this.found.get(key)?.seen ?? []);
  }

  private async answer(need: EvidenceNeed): Promise<Found> {
    const handler = this.handlers.get(need.kind);
    if (handler === undefined) return { value: unavailable(need.kind) };
    const { clock, lookUpTime = limits.lookUpTime } = this.options;
    const left = this.end! - clock();
    if (left <= 0) return handler.failed(need, new LookUpError('the time for all look-ups is up', true));
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), Math.min(left, lookUpTime));
    try {
      return await Promise.race([handler.look(need, controller.signal), aborted(controller.signal)]);
    } catch (thrown) {
      return handler.failed(need, toLookUpError(thrown, controller.signal));
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What a policy is told of evidence that nobody here can get. */
function unavailable(kind: string): Value {
  return evidenceAnswer('unavailable', { reason: `no source of evidence is set up for ${kind}` });
}

/** Rejects when the signal comes, for handlers that do not heed it. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
