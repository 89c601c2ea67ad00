import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import {
  CA_PLACE,
  type Installation,
  installManifests,
  TOKEN_PLACE,
} from '../../../src/bundles/kubernetes/index.ts';

const installation: Installation = {
  server: 'https://pratique.acme.io',
  org: 'acme',
  policy: 'production',
  token: 'pqt_example',
  caBundle: '-----BEGIN CERTIFICATE-----\n',
  exemptNamespaces: ['argocd'],
};

interface Installed {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly webhooks: readonly Readonly<Record<string, never>>[];
}

function installed(overrides: Partial<Installation> = {}, target?: Parameters<typeof installManifests>[1]) {
  return loadAll(installManifests({ ...installation, ...overrides }, target)) as Installed[];
}

describe('what is installed', () => {
  it('holds every object', () => {
    expect(installed().map(({ kind }) => kind)).toEqual([
      'Provider',
      'ConstraintTemplate',
      'PratiqueImages',
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
    ]);
  });

  it('holds those of one way alone', () => {
    expect(installed({}, 'gatekeeper')).toHaveLength(3);
    expect(installed({}, 'webhook')).toHaveLength(2);
  });

  it('asks the provider at its address, with the token in the path', () => {
    expect(installed()[0]!.spec).toEqual({
      url: 'https://pratique.acme.io/gatekeeper/acme/production/validate/pqt_example',
      timeout: 3,
      caBundle: btoa('-----BEGIN CERTIFICATE-----\n'),
    });
  });

  it('fails closed in webhooks, and leaves out what a cluster starts by', () => {
    for (const { webhooks } of installed({}, 'webhook')) {
      const [hook] = webhooks;
      expect(hook).toMatchObject({ failurePolicy: 'Fail', sideEffects: 'NoneOnDryRun' });
      expect(hook!['namespaceSelector']).toEqual({
        matchExpressions: [
          {
            key: 'kubernetes.io/metadata.name',
            operator: 'NotIn',
            values: ['kube-system', 'kube-node-lease', 'kube-public', 'gatekeeper-system', 'argocd'],
          },
        ],
      });
    }
  });

  it('has names that a cluster takes, of a policy by its channel too', () => {
    for (const { metadata, webhooks = [] } of installed({ policy: 'production@canary' })) {
      const names = [metadata.name, ...webhooks.map(hook => String(hook['name']))];
      for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/u);
    }
  });

  it('has another name for each policy and channel, however long', () => {
    const long = 'x'.repeat(60);
    const policies = [
      'production',
      'production-canary',
      'production@canary',
      long,
      `${long}@canary`,
      `${long}-canary`,
    ];
    const names = policies.map(policy => installed({ policy })[0]!.metadata.name);
    expect(names.slice(0, 3)).toEqual([
      'pratique-acme-production',
      'pratique-acme-production-canary',
      'pratique-acme-production.canary',
    ]);
    expect(new Set(names).size).toBe(policies.length);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(63);
  });

  it('says what is left to be filled in', () => {
    const text = installManifests({ ...installation, token: TOKEN_PLACE, caBundle: CA_PLACE });
    expect(text).toContain(`in place of ${TOKEN_PLACE}`);
    expect(text).toContain(`in place of ${CA_PLACE}`);
    const [hook] = (loadAll(text) as Installed[])[4]!.webhooks;
    expect(hook!['clientConfig']).not.toHaveProperty('caBundle');
  });
});
