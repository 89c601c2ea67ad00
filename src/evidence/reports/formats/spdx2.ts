import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import { objectOf, objectsAt, partAt, requiredText, textAt, textsAt, unreadable } from '../fields.ts';
import { digestOf, digestOfHex, namedImage } from '../image-names.ts';
import { toLicenses } from '../licences.ts';
import { given } from '../optional.ts';
import { parsePackageUrl } from '../package-url.ts';
import type { NamedImage, SbomPackage } from '../report.ts';
import type { Format } from './format.ts';

/** SPDX 2.2 and 2.3, as JSON or as the same made of tags and values. */
export const spdx2: Format = {
  title: 'SPDX document',
  recognises: document =>
    isObject(document) &&
    (document.has('spdxVersion') || (document.has('SPDXID') && document.has('creationInfo'))),
  read: document => {
    const spdx = objectOf(document, 'the document');
    const version = requiredText(spdx, 'spdxVersion');
    if (!/^SPDX-2\.\d$/.test(version)) return unreadable('its version of SPDX is not known');
    const creation = partAt(spdx, 'creationInfo');
    const packages = objectsAt(spdx, 'packages');
    const root = rootOf(spdx, packages);
    return {
      sbom: {
        format: 'spdx',
        spec_version: version.slice('SPDX-'.length),
        ...given({
          created_at: toMoment(requiredText(creation, 'created')),
          name: textAt(spdx, 'name'),
          root: root && textAt(root, 'SPDXID'),
        }),
        tools: textsAt(creation, 'creators')
          .filter(creator => creator.startsWith('Tool: '))
          .map(creator => creator.slice('Tool: '.length)),
        image: imageOf(root),
        packages: packages.map(packageOf),
        raw: document,
      },
    };
  },
};

/** The package that the document describes, where it is one. */
function rootOf(spdx: ObjectValue, packages: readonly ObjectValue[]): ObjectValue | undefined {
  const document = textAt(spdx, 'SPDXID');
  const described = objectsAt(spdx, 'relationships')
    .filter(item => textAt(item, 'relationshipType') === 'DESCRIBES')
    .filter(item => textAt(item, 'spdxElementId') === document)
    .map(item => textAt(item, 'relatedSpdxElement'));
  const refs = new Set([...textsAt(spdx, 'documentDescribes'), ...described]);
  const roots = packages.filter(item => refs.has(textAt(item, 'SPDXID') ?? ''));
  return roots.length === 1 ? roots[0] : undefined;
}

/** Only of a root that is said to be an image: digests of files and archives are none of images. */
function imageOf(root: ObjectValue | undefined): NamedImage {
  if (root === undefined) return namedImage(undefined);
  const purl = purlOf(root);
  const url = purl === undefined ? undefined : parsePackageUrl(purl);
  const isImage =
    textAt(root, 'primaryPackagePurpose') === 'CONTAINER' ||
    url?.type === 'oci' ||
    (textAt(root, 'SPDXID') ?? '').startsWith('SPDXRef-ContainerImage');
  if (!isImage) return namedImage(undefined);
  const facts = [...textsAt(root, 'attributionTexts'), ...objectsAt(root, 'annotations').map(commentOf)];
  const sums = objectsAt(root, 'checksums').filter(item => textAt(item, 'algorithm') === 'SHA256');
  return namedImage(
    textAt(root, 'name'),
    [
      textAt(root, 'versionInfo'),
      url?.version,
      ...sums.map(item => digestOfHex(textAt(item, 'checksumValue'))),
      ...facts.filter(fact => fact.startsWith('RepoDigest: ')).map(digestOfFact),
    ],
    facts.filter(fact => fact.startsWith('ImageID: ')).map(digestOfFact)[0],
  );
}

function commentOf(annotation: ObjectValue): string {
  return textAt(annotation, 'comment') ?? '';
}

function digestOfFact(fact: string): string | undefined {
  return digestOf(fact.slice(fact.indexOf(': ') + 2));
}

function packageOf(item: ObjectValue): SbomPackage {
  return {
    name: requiredText(item, 'name'),
    ...given({
      version: textAt(item, 'versionInfo'),
      purl: purlOf(item),
      type: textAt(item, 'primaryPackagePurpose')?.toLowerCase(),
      supplier: partyOf(textAt(item, 'supplier')) ?? partyOf(textAt(item, 'originator')),
      ref: textAt(item, 'SPDXID'),
    }),
    licenses: toLicenses([textAt(item, 'licenseConcluded'), textAt(item, 'licenseDeclared')]),
  };
}

function purlOf(item: ObjectValue): string | undefined {
  const reference = objectsAt(item, 'externalRefs').find(each => textAt(each, 'referenceType') === 'purl');
  return reference && textAt(reference, 'referenceLocator');
}

/** `Organization: Acme` is Acme. */
function partyOf(text: string | undefined): string | undefined {
  if (text === undefined || text === 'NOASSERTION') return undefined;
  return text.replace(/^(?:Organization|Person|Tool):\s*/, '');
}
