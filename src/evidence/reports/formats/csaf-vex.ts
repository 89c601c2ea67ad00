import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import { objectOf, objectsAt, partAt, requiredText, textAt, textsAt, unreadable } from '../fields.ts';
import { digestOfHex } from '../image-names.ts';
import { given } from '../optional.ts';
import type { VexIdentity, VexProduct, VexStatement, VexStatus } from '../report.ts';
import type { Format } from './format.ts';

/** Branches of a product tree inside one another. */
const NESTING = 50;

const statuses: readonly (readonly [string, VexStatus])[] = [
  ['known_not_affected', 'not_affected'],
  ['fixed', 'fixed'],
  ['known_affected', 'affected'],
  ['under_investigation', 'under_investigation'],
];

/** CSAF 2.0 of the profile VEX. */
export const csafVex: Format = {
  title: 'CSAF document',
  recognises: document => {
    const part = isObject(document) ? document.get('document') : undefined;
    return part !== undefined && isObject(part) && part.has('csaf_version');
  },
  read: document => {
    const csaf = objectOf(document, 'the document');
    const head = partAt(csaf, 'document');
    if (requiredText(head, 'category') !== 'csaf_vex') return unreadable('it is CSAF, but no VEX');
    const tracking = partAt(head, 'tracking');
    const at = toMoment(textAt(tracking, 'current_release_date'));
    const products = productsOf(partAt(csaf, 'product_tree'));
    return {
      vex: {
        format: 'csaf-vex',
        ...given({ id: textAt(tracking, 'id'), author: textAt(partAt(head, 'publisher'), 'name') }),
        version: Number(textAt(tracking, 'version')) || 0,
        statements: objectsAt(csaf, 'vulnerabilities').flatMap(item =>
          statementsOf(item, products).map(statement => ({ ...statement, ...given({ at }) })),
        ),
      },
    };
  },
};

type Products = ReadonlyMap<string, VexProduct>;

/** By product id: the products of the tree, and those that are one installed in another. */
function productsOf(tree: ObjectValue): Products {
  const products = new Map<string, VexProduct>();
  const add = (product: ObjectValue) =>
    products.set(requiredText(product, 'product_id'), { ...identityOf(product), parts: [] });
  for (const product of objectsAt(tree, 'full_product_names')) add(product);
  const walk = (branches: readonly ObjectValue[], depth: number): void => {
    if (depth > NESTING) unreadable('its product tree is nested too deeply');
    for (const branch of branches) {
      if (branch.has('product')) add(partAt(branch, 'product'));
      walk(objectsAt(branch, 'branches'), depth + 1);
    }
  };
  walk(objectsAt(tree, 'branches'), 0);
  for (const relationship of objectsAt(tree, 'relationships')) {
    const part = products.get(textAt(relationship, 'product_reference') ?? '');
    const whole = products.get(textAt(relationship, 'relates_to_product_reference') ?? '');
    const id = textAt(partAt(relationship, 'full_product_name'), 'product_id');
    if (part && whole && id !== undefined) products.set(id, { ...whole, parts: [part] });
  }
  return products;
}

function identityOf(product: ObjectValue): VexIdentity {
  const helper = partAt(product, 'product_identification_helper');
  const sums = objectsAt(helper, 'hashes').flatMap(file => objectsAt(file, 'file_hashes'));
  const digests = sums
    .filter(sum => textAt(sum, 'algorithm') === 'sha256')
    .map(sum => digestOfHex(textAt(sum, 'value')));
  return { purls: textsAt(helper, 'purl'), digests: digests.filter(digest => digest !== undefined) };
}

function statementsOf(item: ObjectValue, products: Products): readonly VexStatement[] {
  const ids = [textAt(item, 'cve'), ...objectsAt(item, 'ids').map(id => textAt(id, 'text'))];
  const names = ids.filter(id => id !== undefined);
  const listed = partAt(item, 'product_status');
  const flags = byProduct(objectsAt(item, 'flags'), 'label');
  const impacts = objectsAt(item, 'threats').filter(threat => textAt(threat, 'category') === 'impact');
  const reasons = byProduct(impacts, 'details');
  return statuses.flatMap(([key, status]) =>
    textsAt(listed, key).map(id => ({
      ids: names,
      status,
      ...given({ justification: flags.get(id), reason: reasons.get(id) }),
      products: [products.get(id)].filter(product => product !== undefined),
    })),
  );
}

/** What the first remark on each product says. */
function byProduct(remarks: readonly ObjectValue[], key: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const remark of remarks) {
    const text = textAt(remark, key);
    for (const id of textsAt(remark, 'product_ids'))
      if (text !== undefined && !texts.has(id)) texts.set(id, text);
  }
  return texts;
}
