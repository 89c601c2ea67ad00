import { describe, expect, it } from 'vitest';
import { compileTemplate, readTemplate } from '../../../src/bundles/gatekeeper/index.ts';
import { fromJson, type Json, type JsonObject } from '../../../src/values/index.ts';
import { denyAll, messages, pod, type TemplateParts, template, templateJson } from './library.ts';

function complaints(parts: TemplateParts): readonly string[] {
  return compileTemplate(template(parts)).diagnostics.map(
    ({ message, source, span }) => `${source.path}:${source.position(span.start).line}: ${message}`,
  );
}

function withRule(body: string): TemplateParts {
  return { rego: `package denyall\n\nviolation[{"msg": "no"}] {\n  ${body}\n}` };
}

describe('a template', () => {
  it.each<[JsonObject, string]>([
    [{ kind: 'Pod' }, 'this is no ConstraintTemplate of templates.gatekeeper.sh'],
    [
      { metadata: { name: 'deny' } },
      'metadata.name must be denyall, the kind DenyAll in lower case, not "deny"',
    ],
    [
      { spec: { crd: { spec: { names: { kind: 'DenyAll' } } }, targets: [] } },
      'spec.targets must have one target',
    ],
    [
      { spec: { crd: { spec: { names: { kind: 'DenyAll' } } }, targets: [{ target: 'x', rego: denyAll }] } },
      'the target is "x" where it must be admission.k8s.gatekeeper.sh',
    ],
  ])('is refused with %j', (change, problem) => {
    expect(readTemplate(fromJson({ ...templateJson(), ...change }), 't').problems).toEqual([problem]);
  });

  it('has its Rego in code as well, of either edition', () => {
    const v1 = 'package denyall\n\nviolation contains {"msg": "no"} if true';
    const cel = { engine: 'K8sNativeValidation', source: { validations: [] } };
    const code = (...engines: Json[]): TemplateParts => ({ code: engines });
    expect(messages(code(cel, { engine: 'Rego', source: { rego: v1, version: 'v1' } }))).toEqual(['no']);
    expect(messages(code({ engine: 'Rego', source: { rego: denyAll } }))).toEqual(['nginx is denied']);
    expect(template(code(cel, { engine: 'Rego', source: { rego: denyAll } })).otherEngines).toEqual([
      'K8sNativeValidation',
    ]);
    expect(readTemplate(fromJson(templateJson(code(cel))), 't').problems).toEqual([
      'the template has code for K8sNativeValidation only, which is not supported; Rego is',
    ]);
  });

  it('sees its own libraries and no others', () => {
    const library = 'package lib.names\n\nis_bad(name) { startswith(name, "ng") }';
    const other = 'package lib.other.deep\n\nimport data.lib.names\n\nbad { names.is_bad("ngx") }';
    const entry =
      'package denyall\nimport data.lib.names.is_bad\nviolation[{"msg": "bad"}] { is_bad(input.review.object.metadata.name); data.lib.other.deep.bad }';
    expect(messages({ rego: entry, libs: [library, other] })).toEqual(['bad']);
    expect(complaints({ rego: entry, libs: [other] })).not.toEqual([]);
  });
});

describe('the Rego of a template', () => {
  it.each<[string, TemplateParts, string]>([
    [
      'a rule',
      { rego: 'package denyall\nallow { true }' },
      'template.yaml#rego:1: the template has no rule "violation"',
    ],
    [
      'only its part of data',
      withRule('data.secrets.x'),
      'template.yaml#rego:4: this part of data is not there for a template',
    ],
    [
      'no part of data by a variable',
      withRule('data[_].x'),
      'template.yaml#rego:4: this part of data is not there for a template',
    ],
    [
      'a package of its own',
      { rego: denyAll.replace('denyall', 'inventory.x') },
      'template.yaml#rego:1: the package of a template must not be below data.inventory',
    ],
    [
      'libraries below lib',
      { libs: ['package other\n\nx = 1'] },
      'template.yaml#libs[0]:1: the package of a library must be below lib, as in lib.other',
    ],
  ])('has %s', (_name, parts, complaint) => {
    expect(complaints(parts)).toEqual([complaint]);
  });

  it('names all functions that do not exist at once', () => {
    expect(complaints(withRule('foo.bar(1)\n  external_data({})\n  foo.bar(2)'))).toEqual([
      'template.yaml#rego:4: undefined functions foo.bar, external_data',
    ]);
    const { diagnostics } = compileTemplate(template(withRule('external_data({})')));
    expect(diagnostics).toMatchObject([
      {
        message: 'undefined function external_data',
        hint: expect.stringContaining('providers in a cluster'),
      },
    ]);
  });

  it('may use what Rego v0 had', () => {
    const body = 're_match("^ng", input.review.object.metadata.name); any([true, false]); all([true])';
    expect(messages(withRule(body))).toEqual(['no']);
  });
});

describe('violations', () => {
  const rego = (...heads: string[]) => ({
    rego: ['package denyall', ...heads.map(head => `violation[${head}] { true }`)].join('\n'),
  });

  it('that are equal count once', () => {
    expect(
      messages(rego('{"msg": "a"}', '{"msg": "a", "details": {}}', '{"msg": "a", "details": {"n": 1}}')),
    ).toEqual(['a', 'a']);
  });

  it('have a message', () => {
    expect(messages(rego('{"msg": "a"}', '{"message": "b"}', '"c"'))).toEqual(['a']);
    expect(() => messages(rego('{"msg": 1}'))).toThrow('the msg of a violation is no text');
  });

  it('are not prevented by a function that fails', () => {
    expect(messages({ rego: 'package denyall\nviolation[{"msg": "a"}] { not to_number("x") }' })).toEqual([
      'a',
    ]);
  });

  it('are what conflicting rules come to', () => {
    const conflict = 'package denyall\nx = 1 { true }\nx = 2 { true }\nviolation[{"msg": "a"}] { x == 3 }';
    expect(messages({ rego: conflict })).toEqual([expect.stringMatching(/^eval_conflict_error: /)]);
  });

  it('see the objects of the inventory', () => {
    const inventory = [
      pod({ name: 'a', namespace: 'shop' }),
      pod({ name: '__proto__' }),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'shop' },
      },
    ];
    const names = `package denyall
violation[{"msg": msg}] { data.inventory.cluster["v1"].Pod[name]; msg := name }
violation[{"msg": msg}] { data.inventory.namespace[ns][version].Deployment[name]; msg := concat(" ", [ns, version, name]) }
violation[{"msg": msg}] { msg := data.inventory.namespace.shop.v1.Pod.a.metadata.name }`;
    expect(messages({ rego: names, inventory })).toEqual(['__proto__', 'a', 'shop apps/v1 web']);
  });
});
