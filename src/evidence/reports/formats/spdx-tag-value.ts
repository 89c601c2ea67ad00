import { ObjectValue, type Value } from '../../../values/index.ts';

/** What a section of the text becomes: texts by key, and lists of texts or objects. */
type Section = Map<string, Value | Value[]>;

/** The tags that are read, and what they are called in JSON. Of `Package…` tags, those of a package. */
const documentTags: ReadonlyMap<string, string> = new Map([
  ['SPDXVersion', 'spdxVersion'],
  ['SPDXID', 'SPDXID'],
  ['DocumentName', 'name'],
]);

const packageTags: ReadonlyMap<string, string> = new Map([
  ['SPDXID', 'SPDXID'],
  ['PackageVersion', 'versionInfo'],
  ['PackageSupplier', 'supplier'],
  ['PackageOriginator', 'originator'],
  ['PackageLicenseConcluded', 'licenseConcluded'],
  ['PackageLicenseDeclared', 'licenseDeclared'],
  ['PrimaryPackagePurpose', 'primaryPackagePurpose'],
]);

/** Tags that begin what is neither the document nor a package. */
const otherSections: ReadonlySet<string> = new Set(['FileName', 'SnippetSPDXID', 'LicenseID']);

/** Whether a text is SPDX in its form of tags and values: its first line that is no comment says so. */
export function isTagValue(text: string): boolean {
  for (const line of text.split('\n', 1_000)) {
    const start = line.trim();
    if (start !== '' && !start.startsWith('#')) return start.startsWith('SPDXVersion:');
  }
  return false;
}

/** The document that SPDX 2 text stands for, as its JSON form has it, as far as an SBOM is read of it. */
export function fromTagValue(text: string): Value {
  const document: Section = new Map();
  const creation: Section = new Map();
  const packages: Section[] = [];
  const relationships: Value[] = [];
  let section: Section | undefined = document;
  for (const [tag, value] of tagsOf(text)) {
    if (tag === 'PackageName') {
      section = new Map([['name', value]]);
      packages.push(section);
    } else if (otherSections.has(tag)) section = undefined;
    else if (tag === 'Creator') append(creation, 'creators', value);
    else if (tag === 'Created') creation.set('created', value);
    else if (tag === 'Relationship') relationships.push(relationshipOf(value));
    else if (section === document) setKnown(document, documentTags, tag, value);
    else if (section !== undefined) addToPackage(section, tag, value);
  }
  document.set('creationInfo', ObjectValue.of(creation));
  document.set(
    'packages',
    packages.map(found => ObjectValue.of(found)),
  );
  document.set('relationships', relationships);
  return ObjectValue.of(document);
}

function addToPackage(found: Section, tag: string, value: string): void {
  if (tag === 'ExternalRef') append(found, 'externalRefs', referenceOf(value));
  else if (tag === 'PackageChecksum') append(found, 'checksums', checksumOf(value));
  else if (tag === 'PackageAttributionText') append(found, 'attributionTexts', value);
  else setKnown(found, packageTags, tag, value);
}

function setKnown(section: Section, known: ReadonlyMap<string, string>, tag: string, value: string): void {
  const key = known.get(tag);
  if (key !== undefined) section.set(key, value);
}

function append(section: Section, key: string, value: Value): void {
  const list = section.get(key);
  if (Array.isArray(list)) list.push(value);
  else section.set(key, [value]);
}

/** Tags with their values; a value in `<text>` goes on to the line that closes it. */
function* tagsOf(text: string): Generator<readonly [tag: string, value: string]> {
  const lines = text.split('\n').values();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0 || line.startsWith('#')) continue;
    const [tag, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    yield [tag, value.startsWith('<text>') ? textIn(value, lines) : value];
  }
}

function textIn(first: string, lines: Iterator<string>): string {
  const parts = [first.slice('<text>'.length)];
  while (!parts.at(-1)!.includes('</text>')) {
    const next = lines.next();
    if (next.done) break;
    parts.push(next.value);
  }
  return parts.join('\n').split('</text>', 1)[0]!;
}

/** `SPDXRef-DOCUMENT DESCRIBES SPDXRef-Package`. */
function relationshipOf(value: string): Value {
  const [from = '', type = '', to = ''] = value.split(/\s+/, 3);
  return ObjectValue.of([
    ['spdxElementId', from],
    ['relationshipType', type],
    ['relatedSpdxElement', to],
  ]);
}

/** `PACKAGE-MANAGER purl pkg:npm/app@1`. */
function referenceOf(value: string): Value {
  const [, type = '', locator = ''] = value.split(/\s+/, 3);
  return ObjectValue.of([
    ['referenceType', type],
    ['referenceLocator', locator],
  ]);
}

/** `SHA256: 2cf2…`. */
function checksumOf(value: string): Value {
  const [algorithm = '', sum = ''] = value.split(/:\s*/, 2);
  return ObjectValue.of([
    ['algorithm', algorithm],
    ['checksumValue', sum],
  ]);
}
