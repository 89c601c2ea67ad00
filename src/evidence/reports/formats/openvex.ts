import { type Moment, toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import {
  firstText,
  listAt,
  numberAt,
  objectOf,
  partAt,
  requiredListAt,
  requiredText,
  textAt,
  textsAt,
  unreadable,
} from '../fields.ts';
import { digestOf, digestOfHex } from '../image-names.ts';
import { given } from '../optional.ts';
import type { VexIdentity, VexProduct, VexStatement, VexStatus } from '../report.ts';
import type { Format } from './format.ts';

/** An OpenVEX document, 0.0.1 and 0.2.0. */
export const openvex: Format = {
  title: 'OpenVEX document',
  recognises: document =>
    isObject(document) && textsOf(document.get('@context')).some(isContext) && document.has('statements'),
  read: document => {
    const vex = objectOf(document, 'the document');
    const created = toMoment(firstText(vex, 'last_updated', 'timestamp'));
    return {
      vex: {
        format: 'openvex',
        ...given({ id: textAt(vex, '@id'), author: textAt(vex, 'author') }),
        version: numberAt(vex, 'version') ?? 0,
        statements: requiredListAt(vex, 'statements').map(item =>
          statementOf(objectOf(item, 'each of statements'), created),
        ),
      },
    };
  },
};

const statuses: ReadonlySet<string> = new Set<VexStatus>([
  'not_affected',
  'fixed',
  'affected',
  'under_investigation',
]);

function isContext(context: string): boolean {
  return context.startsWith('https://openvex.dev/ns');
}

function textsOf(value: Value | undefined): readonly string[] {
  const values = Array.isArray(value) ? (value as readonly Value[]) : [value];
  return values.filter(item => typeof item === 'string');
}

function statementOf(item: ObjectValue, documentTime: Moment | undefined): VexStatement {
  const status = requiredText(item, 'status');
  if (!statuses.has(status)) return unreadable('a statement has a status that OpenVEX does not know');
  const own = toMoment(firstText(item, 'last_updated', 'timestamp'));
  return {
    ids: idsOf(item),
    status: status as VexStatus,
    ...given({
      justification: textAt(item, 'justification'),
      reason: firstText(item, 'impact_statement', 'status_notes', 'action_statement', 'statement'),
      at: own ?? documentTime,
    }),
    products: listAt(item, 'products').map(productOf),
  };
}

/** A vulnerability was a text once, and is an object since 0.2.0. */
function idsOf(item: ObjectValue): readonly string[] {
  const value = item.get('vulnerability');
  if (typeof value === 'string' && value !== '') return [value];
  const vulnerability = objectOf(value, 'vulnerability');
  const id = firstText(vulnerability, 'name', '@id') ?? unreadable('a statement names no vulnerability');
  return [id, ...textsAt(vulnerability, 'aliases')];
}

function productOf(value: Value): VexProduct {
  if (!isObject(value)) return { ...identityOf(value), parts: [] };
  return { ...identityOf(value), parts: listAt(value, 'subcomponents').map(identityOf) };
}

function identityOf(value: Value): VexIdentity {
  if (typeof value === 'string') return identify([value], []);
  const component = objectOf(value, 'each of products');
  const hashes = partAt(component, 'hashes');
  const names = [textAt(component, '@id'), textAt(partAt(component, 'identifiers'), 'purl')];
  return identify(
    names.filter(name => name !== undefined),
    [digestOfHex(textAt(hashes, 'sha-256')), digestOf(`sha512:${textAt(hashes, 'sha-512')}`)],
  );
}

function identify(names: readonly string[], digests: readonly (string | undefined)[]): VexIdentity {
  const purls = names.filter(name => /^pkg:/i.test(name));
  const named = names.filter(name => !/^pkg:/i.test(name)).map(digestOf);
  return { purls, digests: [...digests, ...named].filter(digest => digest !== undefined) };
}
