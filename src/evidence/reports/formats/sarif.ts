import { earlier, type Moment, toMoment } from '../../../base/index.ts';
import { isObject, ObjectValue, type Value } from '../../../values/index.ts';
import {
  objectOf,
  objectsAt,
  partAt,
  requiredListAt,
  requiredText,
  shown,
  textAt,
  textsAt,
  unreadable,
} from '../fields.ts';
import { digestOf, namedImage } from '../image-names.ts';
import { knownScanner } from '../known-scanners.ts';
import { given } from '../optional.ts';
import type { NamedImage, ScanReport, SuppressedVulnerability, Vulnerability } from '../report.ts';
import type { Format } from './format.ts';
import { ruleVulnerability } from './sarif-rule.ts';

/**
 * SARIF 2.1.0: each result is a vulnerability. Results of a tool that is not known to scan images are read all the
 * same, and do not stand for a scan.
 */
export const sarif: Format = {
  title: 'SARIF log',
  recognises: document =>
    isObject(document) &&
    document.has('runs') &&
    (document.has('version') || String(document.get('$schema')).includes('sarif')),
  read: document => {
    const log = objectOf(document, 'the log');
    if (!/^2\.1\./.test(requiredText(log, 'version'))) return unreadable('its version of SARIF is not known');
    const runs = requiredListAt(log, 'runs').map(item => readRun(objectOf(item, 'each of runs'), document));
    const [first] = runs;
    if (first === undefined) return unreadable('it has no run');
    const unfit = runs.find(run => run.unfit !== undefined)?.unfit;
    const created = runs.map(run => run.created_at).reduce(earlier, undefined);
    return {
      scan: {
        ...first,
        ...given({ created_at: created, unfit }),
        image: namedImage(
          first.image.name,
          runs.flatMap(run => run.image.digests),
          first.image.config,
        ),
        vulnerabilities: runs.flatMap(run => run.vulnerabilities),
        suppressed: runs.flatMap(run => run.suppressed),
      },
    };
  },
};

function readRun(run: ObjectValue, raw: Value): ScanReport {
  const driver = partAt(partAt(run, 'tool'), 'driver');
  const name = textAt(driver, 'name') ?? unreadable('a run does not name its tool');
  const rules = new Rules(driver, objectsAt(partAt(run, 'tool'), 'extensions'));
  const results = requiredListAt(run, 'results').map(item => objectOf(item, 'each of results'));
  const read = (result: ObjectValue) => ruleVulnerability(result, rules.of(result));
  return {
    format: 'sarif',
    scanner: knownScanner(name) ?? name.toLowerCase(),
    ...given({
      scanner_version: textAt(driver, 'version') ?? textAt(driver, 'semanticVersion'),
      created_at: createdAt(run),
      unfit: unfitFor(run, name),
    }),
    image: imageOf(run, results),
    vulnerabilities: results.filter(result => !isSuppressed(result)).map(read),
    suppressed: results.filter(isSuppressed).map(result => suppressed(read(result), result)),
    raw,
  };
}

function unfitFor(run: ObjectValue, name: string): string | undefined {
  if (knownScanner(name) === undefined) return `"${shown(name)}" is not known to scan images`;
  if (objectsAt(run, 'invocations').some(item => item.get('executionSuccessful') === false))
    return 'the scan did not succeed';
  const elsewhere = partAt(run, 'externalPropertyFileReferences').has('results');
  return elsewhere ? 'its results are in another file' : undefined;
}

/** Finds the rule of a result, by its index or by its id. */
class Rules {
  private readonly list: readonly ObjectValue[];
  private readonly byId: ReadonlyMap<string, ObjectValue>;

  constructor(driver: ObjectValue, extensions: readonly ObjectValue[]) {
    this.list = objectsAt(driver, 'rules');
    const all = [...this.list, ...extensions.flatMap(extension => objectsAt(extension, 'rules'))];
    this.byId = new Map(all.map(rule => [textAt(rule, 'id') ?? '', rule]));
  }

  of(result: ObjectValue): ObjectValue {
    const id = textAt(result, 'ruleId') ?? textAt(partAt(result, 'rule'), 'id');
    const found = id === undefined ? undefined : this.byId.get(id);
    if (found !== undefined) return found;
    const index = result.get('ruleIndex') ?? partAt(result, 'rule').get('index');
    return (typeof index === 'number' ? this.list[index] : undefined) ?? ObjectValue.empty;
  }
}

/** A suppression under review, or rejected, does not suppress; SARIF 3.35.3. */
function isSuppressed(result: ObjectValue): boolean {
  const states = objectsAt(result, 'suppressions').map(item => textAt(item, 'status') ?? 'accepted');
  return states.length > 0 && states.every(state => state === 'accepted');
}

function suppressed(vulnerability: Vulnerability, result: ObjectValue): SuppressedVulnerability {
  const [first] = objectsAt(result, 'suppressions');
  const reason = first && textAt(first, 'justification');
  return { ...vulnerability, suppression: { by: 'report', ...given({ reason }) } };
}

function createdAt(run: ObjectValue): Moment | undefined {
  return objectsAt(run, 'invocations')
    .flatMap(item => [textAt(item, 'startTimeUtc'), textAt(item, 'endTimeUtc')])
    .map(toMoment)
    .reduce(earlier, undefined);
}

/** Trivy names the image in the properties of the run, Grype in the place of each result. */
function imageOf(run: ObjectValue, results: readonly ObjectValue[]): NamedImage {
  const properties = partAt(run, 'properties');
  const name = textAt(properties, 'imageName');
  if (name !== undefined)
    return namedImage(name, textsAt(properties, 'repoDigests'), textAt(properties, 'imageID'));
  const places = results.flatMap(placesOf).map(userInput);
  return namedImage(places[0], [...new Set(places)]);
}

function placesOf(result: ObjectValue): readonly string[] {
  return objectsAt(result, 'locations')
    .flatMap(location => objectsAt(location, 'logicalLocations'))
    .map(location => textAt(location, 'fullyQualifiedName'))
    .filter(name => name !== undefined);
}

/** `image@digest-of-a-layer:/path`, where the image may have a digest of its own. */
function userInput(place: string): string | undefined {
  const layer = /@(?:sha256:[0-9a-f]{64})?:\//.exec(place);
  const name = layer === null ? undefined : place.slice(0, layer.index);
  return name === undefined || digestOf(name) === name ? undefined : name;
}
