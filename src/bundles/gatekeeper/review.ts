import { isObject, ObjectBuilder, ObjectValue, type Value } from '../../values/index.ts';
import { fieldAt, objectAt, textAt } from './fields.ts';
import { groupVersion, type KubernetesObject, toKubernetesObject } from './kubernetes-object.ts';
import { type Read, unusable, usable } from './read.ts';

/** What is judged. */
export interface Review {
  /** `input.review`. */
  readonly value: ObjectValue;
  /** The object and, where there is one, the old object: a constraint that matches either is asked. */
  readonly objects: readonly KubernetesObject[];
  /** Of the request; empty where there is none. */
  readonly namespace: string;
}

/** An AdmissionReview is the review itself, any other object is put into one as its `object`. */
export function toReview(value: Value): Read<Review> {
  if (!isObject(value)) return unusable('this is no object');
  const { group } = groupVersion(textAt(value, 'apiVersion'));
  const request = textAt(value, 'kind') === 'AdmissionReview' && group === 'admission.k8s.io';
  return request ? admissionReview(value) : usable(objectReview(value));
}

function objectReview(value: ObjectValue): Review {
  const object = toKubernetesObject(value);
  const { group, version, kind, name, namespace } = object;
  const kindOf = ObjectValue.of(Object.entries({ group, kind, version }));
  const request = ObjectValue.of([
    ['kind', kindOf],
    ['name', name],
    ['namespace', namespace],
    ['object', value],
  ]);
  return { value: completed(request), objects: [object], namespace };
}

/** Fields of a request that are left out where they are empty. */
const optional = [
  'subResource',
  'requestSubResource',
  'name',
  'namespace',
  'requestKind',
  'requestResource',
  'dryRun',
];

const noKind = ObjectValue.of([
  ['group', ''],
  ['kind', ''],
  ['version', ''],
]);
const noResource = ObjectValue.of([
  ['group', ''],
  ['resource', ''],
  ['version', ''],
]);

/** Fields that a request always has, with what they are where they are not given. */
const standing: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['uid', ''],
  ['kind', noKind],
  ['resource', noResource],
  ['operation', ''],
  ['userInfo', ObjectValue.empty],
  ['object', null],
  ['oldObject', null],
  ['options', null],
]);

function admissionReview(value: ObjectValue): Read<Review> {
  const request = objectAt(value, 'request');
  if (request === undefined) return unusable('the AdmissionReview has no request');
  const known = [...standing.keys(), ...optional];
  const unknown = request.keys().filter(key => !known.some(name => name === key));
  if (unknown.length > 0) return unusable(`unknown in a request: ${unknown.join(', ')}`);
  const whole = withDeletedObject(completed(request));
  if (whole === undefined) return unusable('a DELETE request must have an oldObject');
  const given = ['object', 'oldObject'].filter(name => fieldAt(whole, name) !== null);
  const objects = given.map(name => objectAt(whole, name)).filter(object => object !== undefined);
  if (objects.length === 0) return unusable('the request has neither an object nor an oldObject');
  if (objects.length < given.length || objects.some(object => textAt(object, 'kind') === ''))
    return unusable('the object of a request must be an object with a kind');
  const namespace = textAt(whole, 'namespace');
  return usable({ value: whole, objects: objects.map(toKubernetesObject), namespace });
}

/** A request with the fields that Kubernetes' own encoding of it has, and without those it leaves out. */
function completed(request: ObjectValue): ObjectValue {
  const whole = new ObjectBuilder(request);
  for (const [name, value] of standing) if ((whole.get(name) ?? null) === null) whole.set(name, value);
  for (const name of optional) if (isLeftOut(whole.get(name))) whole.delete(name);
  return whole.build();
}

function isLeftOut(value: Value | undefined): boolean {
  return value === '' || value === null;
}

/** Of what is deleted, `object` is what it was; undefined where a request does not say that. */
function withDeletedObject(request: ObjectValue): ObjectValue | undefined {
  if (textAt(request, 'operation') !== 'DELETE') return request;
  const old = objectAt(request, 'oldObject');
  return old === undefined ? undefined : new ObjectBuilder(request).set('object', old).build();
}
