import { isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import {
  listAt,
  objectOf,
  objectsAt,
  partAt,
  requiredListAt,
  requiredText,
  textAt,
  unreadable,
} from '../fields.ts';
import { namedImage } from '../image-names.ts';
import type { NamedImage, ScanReport, Vulnerability } from '../report.ts';
import { toSeverity } from '../severity.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** A VulnerabilityReport of Clair 4. It says no time. */
export const clair: Format = {
  title: 'Clair report',
  recognises: document =>
    isObject(document) && document.has('manifest_hash') && document.has('package_vulnerabilities'),
  read: document => {
    const report = objectOf(document, 'the report');
    const image = namedImage(undefined, [requiredText(report, 'manifest_hash')]);
    return { scan: scanOf(document, 'clair', image, indexed(report)) };
  },
};

/** A layer of Clair 1 and 2, alone or several by digest. A layer's digest is not its image's. */
export const clairLayer: Format = {
  title: 'Clair report of layers',
  recognises: document => isObject(document) && layersOf(document).length > 0,
  read: document => {
    const report = objectOf(document, 'the report');
    const layers = layersOf(report);
    const scan = scanOf(document, 'clair-layer', namedImage(undefined), layers.flatMap(ofLayer));
    return { scan: layers.length > 1 ? { ...scan, unfit: 'it is of many layers, not of one image' } : scan };
  },
};

/** `clair-scanner --report`. */
export const clairScanner: Format = {
  title: 'clair-scanner report',
  recognises: document =>
    isObject(document) &&
    document.has('unapproved') &&
    document.has('vulnerabilities') &&
    document.has('image'),
  read: document => {
    const report = objectOf(document, 'the report');
    const found = requiredListAt(report, 'vulnerabilities').map(item => {
      const each = objectOf(item, 'each of vulnerabilities');
      return plainVulnerability({
        id: requiredText(each, 'vulnerability'),
        name: textAt(each, 'featurename'),
        version: textAt(each, 'featureversion'),
        type: textAt(each, 'namespace'),
        fixed: textAt(each, 'fixedby'),
        severity: textAt(each, 'severity'),
        url: textAt(each, 'link'),
      });
    });
    return { scan: scanOf(document, 'clair-scanner', namedImage(textAt(report, 'image')), found) };
  },
};

/** `klar` with JSON output: by severity, of an image that it does not name. */
export const klar: Format = {
  title: 'Klar report',
  recognises: document => isObject(document) && document.has('LayerCount') && document.has('Vulnerabilities'),
  read: document => {
    const groups = partAt(objectOf(document, 'the report'), 'Vulnerabilities');
    const found = groups.keys().flatMap(key =>
      objectsAt(groups, String(key)).map(item =>
        ofFeature(item, {
          name: textAt(item, 'FeatureName'),
          version: textAt(item, 'FeatureVersion'),
        }),
      ),
    );
    return { scan: scanOf(document, 'klar', namedImage(undefined), found) };
  },
};

function scanOf(
  raw: Value,
  format: string,
  image: NamedImage,
  vulnerabilities: readonly Vulnerability[],
): ScanReport {
  return { format, scanner: 'clair', image, vulnerabilities, suppressed: [], raw };
}

/** One for each package of a vulnerability; one that no package is listed for stands for itself. */
function indexed(report: ObjectValue): readonly Vulnerability[] {
  const known = partAt(report, 'vulnerabilities');
  const packages = partAt(report, 'packages');
  const affected = objectOf(report.get('package_vulnerabilities'), 'package_vulnerabilities');
  const unseen = new Set(known.keys());
  const found: Vulnerability[] = [];
  for (const key of affected.keys())
    for (const id of listAt(affected, String(key))) {
      const item = known.get(id);
      if (item === undefined) unreadable('package_vulnerabilities names a vulnerability that is not there');
      unseen.delete(id);
      found.push(ofIndex(objectOf(item, 'each of vulnerabilities'), packages.get(key)));
    }
  for (const id of unseen) found.push(ofIndex(objectOf(known.get(id), 'each of vulnerabilities'), undefined));
  return found;
}

function ofIndex(item: ObjectValue, found: Value | undefined): Vulnerability {
  const owner = found === undefined ? partAt(item, 'package') : objectOf(found, 'each of packages');
  const [severity, normalized] = [textAt(item, 'severity'), textAt(item, 'normalized_severity')];
  const result = plainVulnerability({
    id: requiredText(item, 'name'),
    name: textAt(owner, 'name'),
    version: textAt(owner, 'version'),
    type: textAt(partAt(item, 'distribution'), 'did') ?? textAt(partAt(item, 'dist'), 'did'),
    fixed: textAt(item, 'fixed_in_version'),
    severity: severity ?? normalized,
    url: textAt(item, 'links')?.split(' ')[0],
  });
  return normalized === undefined ? result : { ...result, severity: toSeverity(normalized) };
}

function ofLayer(document: ObjectValue): readonly Vulnerability[] {
  return objectsAt(partAt(document, 'Layer'), 'Features').flatMap(feature =>
    objectsAt(feature, 'Vulnerabilities').map(item =>
      ofFeature(item, { name: textAt(feature, 'Name'), version: textAt(feature, 'Version') }),
    ),
  );
}

function ofFeature(
  item: ObjectValue,
  feature: { readonly name: string | undefined; readonly version: string | undefined },
): Vulnerability {
  return plainVulnerability({
    id: requiredText(item, 'Name'),
    ...feature,
    type: textAt(item, 'NamespaceName'),
    fixed: textAt(item, 'FixedBy'),
    severity: textAt(item, 'Severity'),
    url: textAt(item, 'Link'),
  });
}

/** Objects with a `Layer`: the document itself, or those below `layers`. */
function layersOf(document: ObjectValue): readonly ObjectValue[] {
  const layers = document.get('layers');
  const parts = layers !== undefined && isObject(layers) ? layers.values().filter(isObject) : [];
  return [document, ...parts].filter(part => part.has('Layer'));
}
