import { describe, expect, it } from 'vitest';
import { readConstraint } from '../../../src/bundles/gatekeeper/index.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { fromJson } from '../../../src/values/index.ts';
import { constraintJson, messages, namespace, pod, template } from './library.ts';

function matched(match: JsonObject, object: Json = pod(), inventory: readonly Json[] = []): boolean {
  const rego = 'package denyall\nviolation[{"msg": "no"}] { true }';
  return messages({ rego, spec: { match }, object, inventory }).length > 0;
}

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
};
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } };

describe('kinds', () => {
  it.each<[JsonObject[], boolean]>([
    [[], true],
    [[{ apiGroups: ['apps'], kinds: ['Deployment'] }], true],
    [[{ apiGroups: ['*'], kinds: ['*'] }], true],
    [[{ kinds: ['Deployment'] }], true],
    [[{ apiGroups: ['apps'] }], true],
    [[{ apiGroups: [''], kinds: ['Deployment'] }], false],
    [[{ apiGroups: ['apps'], kinds: ['StatefulSet'] }], false],
    [
      [
        { apiGroups: [''], kinds: ['Pod'] },
        { apiGroups: ['apps'], kinds: ['*'] },
      ],
      true,
    ],
  ])('%j', (kinds, expected) => {
    expect(matched({ kinds }, deployment)).toBe(expected);
  });
});

describe('namespaces', () => {
  it.each<[JsonObject, Json, boolean]>([
    [{ namespaces: ['shop'] }, deployment, true],
    [{ namespaces: ['sho*'] }, deployment, true],
    [{ namespaces: ['*op'] }, deployment, true],
    [{ namespaces: ['*ho*'] }, deployment, true],
    [{ namespaces: ['sh'] }, deployment, false],
    [{ excludedNamespaces: ['shop'] }, deployment, false],
    [{ excludedNamespaces: ['kube-*'] }, deployment, true],
    [{ namespaces: ['shop'], excludedNamespaces: ['s*'] }, deployment, false],
    [{ namespaces: ['shop'] }, pod(), true],
    [{ namespaces: ['shop'] }, node, true],
    [{ namespaces: ['shop'] }, namespace('shop'), true],
    [{ namespaces: ['shop'] }, namespace('bank'), false],
    [{ excludedNamespaces: ['shop'] }, namespace('shop'), false],
  ])('%j of %j', (match, object, expected) => {
    expect(matched(match, object)).toBe(expected);
  });
});

describe('scope, name and source', () => {
  it.each<[JsonObject, Json, boolean]>([
    [{ scope: 'Cluster' }, node, true],
    [{ scope: 'Cluster' }, namespace('shop'), true],
    [{ scope: 'Cluster' }, deployment, false],
    [{ scope: 'Namespaced' }, deployment, true],
    [{ scope: 'Namespaced' }, node, false],
    [{ scope: '*' }, node, true],
    [{ name: 'web' }, deployment, true],
    [{ name: 'w*' }, deployment, true],
    [{ name: 'web-*' }, deployment, false],
    [{ name: 'web-*' }, pod({ generateName: 'web-' }), true],
    [{ name: 'web-' }, pod({ generateName: 'web-' }), false],
    [{ source: 'Original' }, deployment, true],
    [{ source: 'All' }, deployment, true],
    [{ source: 'Generated' }, deployment, false],
  ])('%j of %j', (match, object, expected) => {
    expect(matched(match, object)).toBe(expected);
  });
});

describe('label selectors', () => {
  const labelled = pod({ name: 'nginx', labels: { app: 'web', tier: 'front' } });
  const expression = (key: string, operator: string, values?: readonly string[]): JsonObject => ({
    matchExpressions: [{ key, operator, ...(values && { values }) }],
  });

  it.each<[JsonObject, boolean]>([
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false],
    [expression('app', 'In', ['web', 'api']), true],
    [expression('app', 'In', ['api']), false],
    [expression('app', 'NotIn', ['api']), true],
    [expression('zone', 'NotIn', ['a']), true],
    [expression('app', 'NotIn', ['web']), false],
    [expression('app', 'Exists'), true],
    [expression('zone', 'Exists'), false],
    [expression('zone', 'DoesNotExist'), true],
    [expression('constructor', 'Exists'), false],
  ])('%j', (labelSelector, expected) => {
    expect(matched({ labelSelector }, labelled)).toBe(expected);
  });

  it.each<[JsonObject, string]>([
    [expression('app', 'In'), 'the operator In needs values'],
    [expression('app', 'Exists', ['x']), 'the operator Exists takes no values'],
    [{ matchExpressions: [{ operator: 'Exists' }] }, 'an item of matchExpressions has no key'],
  ])('%j is none', (labelSelector, problem) => {
    const constraint = fromJson(constraintJson({ match: { labelSelector } }));
    expect(readConstraint(constraint, template())).toMatchObject({
      problems: [`spec.match.labelSelector: ${problem}`],
      misfit: false,
    });
  });
});

describe('selectors of namespaces', () => {
  const namespaceSelector = { matchLabels: { env: 'prod' } };

  it('look at the labels of the namespace in the inventory', () => {
    expect(matched({ namespaceSelector }, deployment, [namespace('shop', { env: 'prod' })])).toBe(true);
    expect(matched({ namespaceSelector }, deployment, [namespace('shop', { env: 'dev' })])).toBe(false);
  });

  it('look at the labels of what is itself a namespace', () => {
    expect(matched({ namespaceSelector }, namespace('shop', { env: 'prod' }))).toBe(true);
    expect(matched({ namespaceSelector }, namespace('shop'))).toBe(false);
  });

  it('select what is in no namespace', () => {
    expect(matched({ namespaceSelector }, node)).toBe(true);
  });

  it('deny where the namespace is not known', () => {
    expect(messages({ spec: { match: { namespaceSelector } }, object: deployment })).toEqual([
      'the labels of the namespace shop decide, and it is not in the inventory',
    ]);
  });
});

describe('enforcement', () => {
  it.each(['deny', 'warn', 'dryrun'])('%s counts', enforcementAction => {
    expect(messages({ spec: { enforcementAction } })).toHaveLength(1);
  });

  it.each([
    ['*', 1],
    ['gator.gatekeeper.sh', 1],
    ['audit.gatekeeper.sh', 0],
  ])('scoped to %s counts %i', (name, count) => {
    const scopedEnforcementActions = [{ action: 'deny', enforcementPoints: [{ name }] }];
    const spec = { enforcementAction: 'scoped', scopedEnforcementActions };
    expect(messages({ spec })).toHaveLength(count);
  });
});
