import { describe, expect, it } from 'vitest';
import { limits } from '../../src/base/index.ts';
import {
  type EvidenceHandler,
  type EvidenceNeed,
  HandlerResolver,
  LookUpError,
  type ResolverOptions,
  scopeNeed,
} from '../../src/evidence/index.ts';
import { toJson } from '../../src/values/index.ts';

const need = (key: string, kind = 'test'): EvidenceNeed => ({ kind, key, request: key });

/** A handler that looks up as it is told; failures are answered with their reasons. */
function resolverOf(look: EvidenceHandler['look'], options: Partial<ResolverOptions> = {}): HandlerResolver {
  const failed = (_: EvidenceNeed, error: LookUpError) => ({ value: `failed: ${error.message}` });
  return new HandlerResolver(new Map([['test', { look, failed }]]), { clock: () => 0, ...options });
}

describe('a resolver', () => {
  it('asks each need once, in one round and in the next', async () => {
    const asked: string[] = [];
    const resolver = resolverOf(async ({ key }) => {
      asked.push(key);
      return { value: key.toUpperCase() };
    });
    expect([...(await resolver.resolve([need('a'), need('b'), need('a')]))]).toEqual([
      ['a', 'A'],
      ['b', 'B'],
    ]);
    expect([...(await resolver.resolve([need('b'), need('c')]))]).toEqual([
      ['b', 'B'],
      ['c', 'C'],
    ]);
    expect(asked).toEqual(['a', 'b', 'c']);
  });

  it('asks side by side, so many at once', async () => {
    const waiting: (() => void)[] = [];
    const resolver = resolverOf(async ({ key }) => {
      await new Promise<void>(resolve => waiting.push(resolve));
      return { value: key };
    });
    const count = limits.connections + 3;
    const answers = resolver.resolve(Array.from({ length: count }, (_, i) => need(String(i))));
    const open: number[] = [];
    for (let done = 0; done < count; ) {
      await Promise.resolve();
      open.push(waiting.length);
      for (const finish of waiting.splice(0)) {
        finish();
        done++;
      }
    }
    expect(Math.max(...open)).toBe(limits.connections);
    expect((await answers).size).toBe(count);
  });

  it('answers what it has no handler for as unavailable', async () => {
    const answers = await resolverOf(() => Promise.reject()).resolve([need('x', 'signature')]);
    expect(toJson(answers.get('x')!)).toEqual({
      status: 'unavailable',
      reason: 'no source of evidence is set up for signature',
    });
  });

  it('answers failures, without what a platform says of them', async () => {
    const failing = (error: unknown) => resolverOf(() => Promise.reject(error)).resolve([need('a')]);
    const reset = Object.assign(new Error('to https://acme.io/?token=x'), { code: 'ECONNRESET' });
    expect((await failing(new LookUpError('no such name'))).get('a')).toBe('failed: no such name');
    expect((await failing(reset)).get('a')).toBe('failed: connection failed (ECONNRESET)');
    expect((await failing(new TypeError('fetch failed', { cause: reset }))).get('a')).toBe(
      'failed: connection failed (ECONNRESET)',
    );
    expect((await failing('odd')).get('a')).toBe('failed: connection failed');
  });

  it('does not wait for a look-up that goes on for too long', async () => {
    const signals: AbortSignal[] = [];
    const resolver = resolverOf(
      (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
      { lookUpTime: 1 },
    );
    expect((await resolver.resolve([need('a')])).get('a')).toBe('failed: timed out');
    expect(signals[0]!.aborted).toBe(true);
  });

  it('asks nothing more when the time for all is up', async () => {
    let now = 0;
    const resolver = resolverOf(
      async ({ key }) => {
        now += 60;
        return { value: key };
      },
      { clock: () => now, evidenceTime: 100 },
    );
    const first = await resolver.resolve([need('a')]);
    const second = await resolver.resolve([need('b')]);
    const third = await resolver.resolve([need('c'), need('a')]);
    expect([...first, ...second, ...third].map(([, value]) => value)).toEqual([
      'a',
      'b',
      'failed: the time for all look-ups is up',
      'a',
    ]);
  });

  it('shows what was seen in the order of the needs', async () => {
    const gate = Promise.withResolvers<void>();
    const resolver = resolverOf(async ({ key }) => {
      if (key === 'b') gate.resolve();
      else await gate.promise;
      return { value: key, seen: { type: 'test', source: key, verified: false } };
    });
    await resolver.resolve([need('a'), need('b')]);
    expect(resolver.seen().map(({ source }) => source)).toEqual(['a', 'b']);
    expect(resolver.seen('nginx:1')).toEqual([]);
  });
});

describe('scopeNeed', () => {
  it('keeps apart what policies with other hosts ask, and kinds', () => {
    const keys = [
      scopeNeed(need('k', 'http.send'), ['a.io']),
      scopeNeed(need('k', 'http.send'), ['b.io']),
      scopeNeed(need('k', 'net.lookup_ip_addr'), ['a.io']),
      scopeNeed(need('k', 'signature'), ['a.io']),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(4);
    expect(scopeNeed(need('k', 'signature'), ['a.io'])).toEqual(need('k', 'signature'));
  });
});
