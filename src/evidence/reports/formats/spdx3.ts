import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import { objectOf, objectsAt, requiredText, textAt, textsAt, unreadable } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { toLicenses } from '../licences.ts';
import { given } from '../optional.ts';
import { parsePackageUrl } from '../package-url.ts';
import type { NamedImage, SbomPackage } from '../report.ts';
import type { Format } from './format.ts';
import { LicenseElements } from './spdx3-licences.ts';

/** SPDX 3.0 as JSON-LD in its usual form: a `@graph` of elements. */
export const spdx3: Format = {
  title: 'SPDX 3 document',
  recognises: document =>
    isObject(document) &&
    document.has('@graph') &&
    String(document.get('@context')).includes('spdx.org/rdf/3'),
  read: document => {
    const spdx = objectOf(document, 'the document');
    const graph = new Graph(objectsAt(spdx, '@graph'));
    const packages = graph.elements.filter(isPackage);
    const about = graph.ofType('SpdxDocument') ?? unreadable('it has no SpdxDocument');
    const root = graph.rootOf(about, packages);
    const version = /rdf\/(3\.\d+(?:\.\d+)?)/.exec(String(spdx.get('@context')))?.[1] ?? '3.0';
    return {
      sbom: {
        format: 'spdx',
        spec_version: version,
        ...given({
          created_at: toMoment(graph.createdAt(about)),
          name: textAt(about, 'name'),
          root: root && textAt(root, 'spdxId'),
        }),
        tools: graph.toolNames(),
        image: imageOf(root),
        packages: packages.map(item => packageOf(item, graph)),
        raw: document,
      },
    };
  },
};

/** The elements, and what relates them, by identifier. */
class Graph {
  readonly elements: readonly ObjectValue[];
  readonly licences: LicenseElements;
  private readonly byId: ReadonlyMap<string, ObjectValue>;

  constructor(elements: readonly ObjectValue[]) {
    this.elements = elements;
    this.byId = new Map(elements.map(element => [idOf(element), element]));
    this.licences = new LicenseElements(elements, this.byId);
  }

  ofType(type: string): ObjectValue | undefined {
    return this.elements.find(element => typeOf(element) === type);
  }

  toolNames(): readonly string[] {
    const tools = this.elements.filter(element => typeOf(element) === 'Tool');
    return [...new Set(tools.map(tool => textAt(tool, 'name')).filter(name => name !== undefined))];
  }

  nameOf(id: string): string | undefined {
    const element = this.byId.get(id);
    return element && textAt(element, 'name');
  }

  /** The package that the document is about, itself or by way of the SBOM in it. */
  rootOf(about: ObjectValue, packages: readonly ObjectValue[]): ObjectValue | undefined {
    const direct = textsAt(about, 'rootElement');
    const further = direct.flatMap(id => {
      const element = this.byId.get(id);
      return element === undefined ? [] : textsAt(element, 'rootElement');
    });
    const ids = new Set([...direct, ...further]);
    const roots = packages.filter(item => ids.has(idOf(item)));
    return roots.length === 1 ? roots[0] : undefined;
  }

  /** The creation of an element is an object of its own, or one of the graph. */
  createdAt(element: ObjectValue): string | undefined {
    const value = element.get('creationInfo');
    const creation = typeof value === 'string' ? this.byId.get(value) : value;
    return creation && isObject(creation) ? textAt(creation, 'created') : undefined;
  }
}

function isPackage(element: ObjectValue): boolean {
  return /(?:^|[_:/])(?:AI|Dataset)?Package$/.test(typeOf(element));
}

function typeOf(element: ObjectValue): string {
  return textAt(element, 'type') ?? textAt(element, '@type') ?? '';
}

function idOf(element: ObjectValue): string {
  return textAt(element, 'spdxId') ?? textAt(element, '@id') ?? '';
}

function packageOf(item: ObjectValue, graph: Graph): SbomPackage {
  const [supplier] = textsAt(item, 'suppliedBy').map(id => graph.nameOf(id));
  return {
    name: requiredText(item, 'name'),
    ...given({
      version: textAt(item, 'software_packageVersion'),
      purl: purlOf(item),
      type: textAt(item, 'software_primaryPurpose'),
      supplier,
      ref: idOf(item) || undefined,
    }),
    licenses: toLicenses(graph.licences.of(idOf(item))),
  };
}

function purlOf(item: ObjectValue): string | undefined {
  const own = textAt(item, 'software_packageUrl');
  if (own !== undefined) return own;
  const other = objectsAt(item, 'externalIdentifier').find(isPurl);
  return other && textAt(other, 'identifier');
}

function isPurl(identifier: ObjectValue): boolean {
  return ['packageUrl', 'purl'].includes(textAt(identifier, 'externalIdentifierType') ?? '');
}

function imageOf(root: ObjectValue | undefined): NamedImage {
  if (root === undefined) return namedImage(undefined);
  const url = parsePackageUrl(purlOf(root) ?? '');
  if (textAt(root, 'software_primaryPurpose') !== 'container' && url?.type !== 'oci')
    return namedImage(undefined);
  const sums = objectsAt(root, 'verifiedUsing').map(hashOf);
  return namedImage(textAt(root, 'name'), [textAt(root, 'software_packageVersion'), url?.version, ...sums]);
}

function hashOf(hash: ObjectValue): string | undefined {
  const [algorithm, value] = [textAt(hash, 'algorithm'), textAt(hash, 'hashValue')];
  return algorithm === 'sha256' && value !== undefined ? `sha256:${value}` : undefined;
}
