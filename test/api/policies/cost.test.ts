import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganisation, type TestOrganisation } from '../organisations.ts';
import { denies, release } from './calls.ts';
import { WatchedService } from './watched-service.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('costing');
  await release('costing/base', org.admin, denies('latest', 'base'));
  await release('costing/web', org.admin, {
    ...denies('dev', 'web'),
    'policy.yaml': 'extends: [costing/base]\npolicies: [disallowed-tags]\n',
  });
});

const asked = (policy: unknown) => ({ policy, images: ['nginx'] });

describe('reads of the store for a decision by the channel of a layered policy', () => {
  const decide = (service: WatchedService) =>
    service.readsOf(() => service.call('POST', '/v1/evaluate', org.admin, asked('costing/web@stable')));

  it('are three where nobody has decided by it yet, two for another isolate, and one from then on', async () => {
    const first = new WatchedService();
    expect(await decide(first)).toEqual(['batch', 'kv get', 'raw']);
    expect(await decide(first)).toEqual(['batch']);
    const second = new WatchedService();
    expect(await decide(second)).toEqual(['batch', 'kv get']);
    expect(await decide(second)).toEqual(['batch']);
  });

  it('are one for a batch of submissions, whatever their number, and none of the policy for a library one', async () => {
    const service = new WatchedService();
    const submissions = Object.fromEntries(['a', 'b', 'c'].map(id => [id, { images: ['nginx'] }]));
    const batch = () => service.call('POST', '/v1/batch', org.admin, { policy: 'costing/web', submissions });
    await service.readsOf(batch);
    expect(await service.readsOf(batch)).toEqual(['batch']);
    const library = () => service.call('POST', '/v1/evaluate', org.admin, asked('production'));
    expect(await service.readsOf(library)).toEqual(['batch']);
  });
});

describe('an anonymous decision', () => {
  it('reads nothing', async () => {
    const service = new WatchedService();
    const inline = { modules: denies('latest') };
    for (const policy of ['production', inline]) {
      const call = () => service.call('POST', '/v1/evaluate', new Headers(), asked(policy));
      expect(await service.readsOf(call)).toEqual([]);
    }
  });
});
