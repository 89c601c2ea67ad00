import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import {
  firstText,
  objectAt,
  objectOf,
  objectsAt,
  partAt,
  requiredText,
  textAt,
  unreadable,
} from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { toLicenses } from '../licences.ts';
import { given } from '../optional.ts';
import { parsePackageUrl } from '../package-url.ts';
import type { NamedImage, Sbom, SbomPackage } from '../report.ts';
import { scanOf } from './cyclonedx-scan.ts';
import { vexOf } from './cyclonedx-vex.ts';
import type { Format } from './format.ts';

/** Of a component, how deep others may stand in it. */
const NESTING = 50;

/**
 * CycloneDX JSON 1.2 to 1.7: an SBOM; where it has vulnerabilities, a scan report and VEX as
 * well; an SBOM no more where it has vulnerabilities but no component.
 */
export const cyclonedx: Format = {
  title: 'CycloneDX document',
  recognises: document => isObject(document) && document.get('bomFormat') === 'CycloneDX',
  read: document => {
    const bom = objectOf(document, 'the document');
    const specVersion = requiredText(bom, 'specVersion');
    if (!/^1\.\d{1,2}$/.test(specVersion)) return unreadable('its version of CycloneDX is not known');
    const metadata = partAt(bom, 'metadata');
    const components = flatten(objectsAt(bom, 'components'));
    const root = objectAt(metadata, 'component');
    const sbom = sbomOf(document, bom, components, root);
    const vulnerabilities = objectsAt(bom, 'vulnerabilities');
    if (vulnerabilities.length === 0) return { sbom };
    const byRef = new Map<string, ObjectValue>();
    for (const component of [...(root ? [root] : []), ...components]) {
      const ref = textAt(component, 'bom-ref');
      if (ref !== undefined && !byRef.has(ref)) byRef.set(ref, component);
    }
    const parts = { metadata, root, vulnerabilities, byRef, tools: toolsOf(metadata), sbom };
    const read = { scan: scanOf(parts), ...given({ vex: vexOf(parts) }) };
    return components.length === 0 ? read : { sbom, ...read };
  },
};

function sbomOf(
  raw: Value,
  bom: ObjectValue,
  components: readonly ObjectValue[],
  root: ObjectValue | undefined,
): Sbom {
  const metadata = partAt(bom, 'metadata');
  return {
    format: 'cyclonedx',
    spec_version: requiredText(bom, 'specVersion'),
    ...given({
      created_at: toMoment(textAt(metadata, 'timestamp')),
      name: root && textAt(root, 'name'),
      serial_number: textAt(bom, 'serialNumber'),
      version: textAt(bom, 'version') ?? '1',
      root: root && textAt(root, 'bom-ref'),
    }),
    tools: toolsOf(metadata).map(tool => requiredText(tool, 'name')),
    image: imageOf(root),
    packages: components.map(packageOf),
    raw,
  };
}

/** Tools were a list until 1.4, and are components and services since. */
function toolsOf(metadata: ObjectValue): readonly ObjectValue[] {
  const tools = metadata.get('tools') ?? undefined;
  const list =
    tools !== undefined && isObject(tools) ? objectsAt(tools, 'components') : objectsAt(metadata, 'tools');
  return list.filter(tool => textAt(tool, 'name') !== undefined);
}

function flatten(components: readonly ObjectValue[], depth = 0): readonly ObjectValue[] {
  if (depth > NESTING) return unreadable(`components are nested deeper than ${NESTING} levels`);
  return components.flatMap(component => [
    component,
    ...flatten(objectsAt(component, 'components'), depth + 1),
  ]);
}

/** Trivy writes digests as properties, Syft the digest in place of a version. */
function imageOf(root: ObjectValue | undefined): NamedImage {
  if (root === undefined || textAt(root, 'type') !== 'container') return namedImage(undefined);
  const property = (name: string) =>
    objectsAt(root, 'properties')
      .filter(item => textAt(item, 'name') === `aquasecurity:trivy:${name}`)
      .map(item => textAt(item, 'value'));
  const purl = parsePackageUrl(textAt(root, 'purl') ?? '');
  return namedImage(
    textAt(root, 'name'),
    [textAt(root, 'version'), purl?.version, ...property('RepoDigest')],
    property('ImageID')[0],
  );
}

function packageOf(component: ObjectValue): SbomPackage {
  const group = textAt(component, 'group');
  const name = requiredText(component, 'name');
  return {
    name: group === undefined ? name : `${group}/${name}`,
    ...given({
      version: textAt(component, 'version'),
      purl: textAt(component, 'purl'),
      type: textAt(component, 'type'),
      supplier: supplierOf(component),
      ref: textAt(component, 'bom-ref'),
    }),
    licenses: licensesOf(component),
  };
}

function supplierOf(component: ObjectValue): string | undefined {
  const parties = ['supplier', 'manufacturer'].map(key => textAt(partAt(component, key), 'name'));
  return parties.find(name => name !== undefined) ?? firstText(component, 'publisher', 'author');
}

function licensesOf(component: ObjectValue): readonly string[] {
  return toLicenses(
    objectsAt(component, 'licenses').map(choice => {
      const licence = partAt(choice, 'license');
      return textAt(choice, 'expression') ?? firstText(licence, 'id', 'name');
    }),
  );
}
