import { describe, expect, it } from 'vitest';
import { readConstraint } from '../../../src/bundles/gatekeeper/index.ts';
import { fromJson, type Json, type JsonObject, toJson } from '../../../src/values/index.ts';
import { constraintJson, type TemplateParts, template } from './library.ts';

function read(spec: JsonObject, parts: TemplateParts) {
  return readConstraint(fromJson(constraintJson(spec)), template(parts));
}

function problems(parameters: Json, schema: JsonObject): readonly string[] {
  const properties = { p: schema };
  return read({ parameters: { p: parameters } }, { parameters: { type: 'object', properties } }).problems;
}

describe('parameters that fit the schema', () => {
  it.each<[Json, JsonObject]>([
    ['a', { type: 'string', enum: ['a', 'b'] }],
    ['café', { type: 'string', maxLength: 4, pattern: '^caf' }],
    [3, { type: 'integer', minimum: 3, maximum: 3 }],
    [3, { 'x-kubernetes-int-or-string': true }],
    ['50%', { 'x-kubernetes-int-or-string': true }],
    [0.5, { type: 'number', multipleOf: 0.5 }],
    [0.3, { type: 'number', multipleOf: 0.1 }],
    [4_000_000_002, { type: 'integer', multipleOf: 2 }],
    [null, { type: 'string', nullable: true }],
    [['a', 'b'], { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 2 }],
    [{ a: 1 }, { type: 'object', additionalProperties: { type: 'integer' } }],
    [{ a: 1 }, { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }],
    ['x', { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['x', { type: 'string', not: { enum: ['y'] } }],
    [
      { __proto__: null, constructor: 1 },
      { type: 'object', properties: { constructor: { type: 'integer' } } },
    ],
  ])('%j in %j', (value, schema) => {
    expect(problems(value, schema)).toEqual([]);
  });
});

describe('parameters that do not', () => {
  it.each<[Json, JsonObject, string]>([
    [1, { type: 'string' }, 'must be of type string'],
    [1.5, { type: 'integer' }, 'must be of type integer'],
    [null, { type: 'string' }, 'must be of type string'],
    [true, { 'x-kubernetes-int-or-string': true }, 'must be a string or an integer'],
    ['c', { type: 'string', enum: ['a', 'b'] }, 'must be one of "a", "b"'],
    ['', { type: 'string', minLength: 1 }, 'must have at least 1 characters'],
    ['abc', { type: 'string', pattern: '^\\d' }, 'must match the pattern ^\\d'],
    ['abc', { type: 'string', pattern: '(' }, 'must match the pattern ('],
    [2, { type: 'integer', minimum: 3 }, 'must be at least 3'],
    [3, { type: 'integer', maximum: 3, exclusiveMaximum: true }, 'must be at most 3'],
    [3, { type: 'integer', multipleOf: 2 }, 'must be a multiple of 2'],
    [[1, 1], { type: 'array', items: { type: 'integer' }, uniqueItems: true }, 'must not have an item twice'],
    ['x', { oneOf: [{ type: 'string' }, { enum: ['x'] }] }, 'must fit one of the schemas of oneOf'],
    ['x', { anyOf: [{ type: 'integer' }] }, 'fits none of the schemas of anyOf'],
    ['x', { not: { type: 'string' } }, 'fits the schema of not'],
  ])('%j in %j', (value, schema, problem) => {
    expect(problems(value, schema)).toEqual([`spec.parameters.p ${problem}`]);
  });

  it('are named by their path', () => {
    const schema = {
      type: 'array',
      items: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
    };
    expect(problems([{ a: 'x' }, {}, { a: 1 }], schema)).toEqual([
      'spec.parameters.p[1].a is required',
      'spec.parameters.p[2].a must be of type string',
    ]);
  });

  it('are a misfit, and fields that are not known are none', () => {
    const schema = { type: 'object', properties: { size: { type: 'integer' } } };
    expect(read({ parameters: { size: 'big' } }, { parameters: schema })).toMatchObject({ misfit: true });
    expect(read({ parameters: { sise: 1 } }, { parameters: schema })).toMatchObject({
      problems: ['spec.parameters.sise is no field of DenyAll'],
      misfit: false,
    });
  });

  it('are all allowed in a legacy schema', () => {
    const schema = { properties: { size: { properties: { a: { type: 'string' } } } } };
    const spec = { parameters: { sise: { b: [{ c: 1 }] }, size: { d: 1 } } };
    expect(read(spec, { parameters: schema, legacySchema: true }).problems).toEqual([]);
    expect(read(spec, { parameters: schema, version: 'v1beta1' }).problems).toEqual([]);
    expect(read(spec, { legacySchema: true }).problems).toEqual([]);
    expect(read(spec, {}).problems).toEqual(['spec.parameters is no field of DenyAll']);
  });
});

describe('defaults', () => {
  const parameters = {
    type: 'object',
    properties: {
      mode: { type: 'string', default: 'strict' },
      limits: {
        type: 'object',
        default: {},
        properties: { cpu: { type: 'string', default: '1' } },
      },
      items: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer', default: 7 } } } },
      maybe: { type: 'string', nullable: true, default: 'x' },
    },
  };

  it('stand where nothing is given', () => {
    const given = { limits: { cpu: '2' }, items: [{}, { n: 1 }], maybe: null };
    expect(toJson(read({ parameters: given }, { parameters }).value!.parameters)).toEqual({
      mode: 'strict',
      limits: { cpu: '2' },
      items: [{ n: 7 }, { n: 1 }],
      maybe: null,
    });
    expect(toJson(read({ parameters: {} }, { parameters }).value!.parameters)).toEqual({
      mode: 'strict',
      limits: { cpu: '1' },
      maybe: 'x',
    });
  });

  it('are not put into parameters that are not there', () => {
    expect(toJson(read({}, { parameters }).value!.parameters)).toEqual({});
  });
});

describe('a constraint', () => {
  it.each<[JsonObject, string]>([
    [{ kind: 'Other' }, 'the constraint is a Other, the template is of DenyAll'],
    [{ apiVersion: 'v1' }, 'this is no constraint of constraints.gatekeeper.sh'],
    [{ apiVersion: 'constraints.gatekeeper.sh/v9' }, 'the version v9 is none of v1alpha1, v1beta1'],
    [{ metadata: { name: 'No Name' } }, 'metadata.name is no name of an object: "No Name"'],
    [
      { spec: { match: { scope: 'cluster' } } },
      'spec.match.scope must be one of "*", "Cluster", "Namespaced"',
    ],
    [{ spec: { macth: {} } }, 'spec.macth is no field of DenyAll'],
  ])('is refused with %j', (change, problem) => {
    const constraint = fromJson({ ...constraintJson(), ...change });
    expect(readConstraint(constraint, template()).problems).toEqual([problem]);
  });
});
