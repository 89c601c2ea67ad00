import {
  isArray,
  isObject,
  isSet,
  ObjectBuilder,
  type ObjectValue,
  stringify,
  toJson,
  typeName,
  type Value,
} from '../values/index.ts';
import {
  type Finding,
  findings,
  fixField,
  type PackageRule,
  ruleName,
  type Said,
  textField,
} from './finding.ts';
import { locationIn } from './location.ts';
import type { Subject } from './subject.ts';
import type { Location } from './verdict.ts';

/** What the document of a decision rule says; undefined is a document that is not defined. */
export function ruleFindings(
  where: PackageRule,
  document: Value | undefined,
  subject: Subject,
): readonly Finding[] {
  switch (where.rule.kind) {
    case 'statement':
      return statementFindings(where, document, subject);
    case 'allow':
      return allowFindings(where, document, subject);
    case 'exempt':
      return [];
    default:
      return denyFindings(where, document, subject);
  }
}

function statementFindings(where: PackageRule, document: Value | undefined, subject: Subject) {
  if (document === undefined || !isSet(document))
    return findings(where, unreadable(where, document), subject);
  return document.items().flatMap(item => {
    if (!isObject(item)) return findings(where, unreadable(where, item), subject);
    const said: Said = {
      message: genericMessage(where),
      ...textField(item, 'message'),
      ...textField(item, 'because'),
      ...textField(item, 'expected'),
      ...textField(item, 'found'),
      ...fixField(item),
      indeterminate: item.get('indeterminate') === true,
    };
    return findings(where, said, subject, subject.named(item.get('image') ?? null));
  });
}

/** A package that defines `allow` denies what it does not allow: false, undefined and anything else. */
function allowFindings(where: PackageRule, document: Value | undefined, subject: Subject) {
  if (document === true) return [];
  const found = document === undefined ? 'undefined' : stringify(document);
  return findings(where, { message: `${ruleName(where)} is not true`, expected: 'true', found }, subject);
}

/**
 * `deny`, `violation` and `warn`. A set or array is as many violations as it has elements. Of a
 * complete rule, undefined, false and the empty object are none, and any other value is one.
 */
function denyFindings(where: PackageRule, document: Value | undefined, subject: Subject): readonly Finding[] {
  if (document === undefined || document === false) return [];
  if (isObject(document) && document.size === 0) return [];
  const items = isSet(document) ? document.items() : isArray(document) ? document : [document];
  return items.flatMap(item => elementFindings(where, item, subject));
}

/** A string is the message, an object has it in `msg`; anything else denies with a message of ours. */
function elementFindings(where: PackageRule, item: Value, subject: Subject): readonly Finding[] {
  if (typeof item === 'string') return findings(where, { message: item || genericMessage(where) }, subject);
  if (item === true) return findings(where, { message: genericMessage(where) }, subject);
  if (!isObject(item)) return findings(where, unreadable(where, item), subject);
  const image = item.get('image');
  const location = locationIn(item);
  const said = {
    message: messageOf(where, item),
    ...fixField(item),
    ...(location && { location }),
    ...detailsOf(item, location),
    indeterminate: item.get('indeterminate') === true,
  };
  return findings(where, said, subject, image === undefined ? undefined : subject.named(image));
}

function messageOf(where: PackageRule, item: ObjectValue): string {
  const message = item.get('msg');
  if (message === undefined || message === '') return genericMessage(where);
  return typeof message === 'string' ? message : stringify(message);
}

/** What the object holds beside what is read of it; `details` alone is given as it is. */
function detailsOf(item: ObjectValue, location: Location | undefined): Pick<Said, 'details'> {
  const rest = new ObjectBuilder(item);
  for (const key of ['msg', 'image', 'fix']) rest.delete(key);
  if (item.get('indeterminate') === true) rest.delete('indeterminate');
  if (location !== undefined) rest.delete('location');
  if (rest.size === 0) return {};
  const details = rest.size === 1 ? rest.get('details') : undefined;
  return { details: toJson(details ?? rest.build()) };
}

function genericMessage(where: PackageRule): string {
  return `${where.rule.severity === 'error' ? 'denied' : 'warned'} by ${ruleName(where)}`;
}

function unreadable(where: PackageRule, found: Value | undefined): Said {
  const type = found === undefined ? 'undefined' : typeName(found);
  const details = found === undefined ? {} : { details: toJson(found) };
  return {
    message: `${genericMessage(where)}, which gives ${type} where a message was expected`,
    ...details,
  };
}
