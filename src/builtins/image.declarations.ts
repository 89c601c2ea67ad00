import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, object, set, string, type Type, union } from './types.ts';

const image: Type = union(string, object(any, any));
const patterns: Type = union(string, array(string), set(string));
const tags: Type = union(string, object(any, any), array(any), set(any));
const authorities: Type = union(object(any, any), array(any), set(any));
const answer: Type = object(string, any);

const IMAGE = ['image', image] as const;
const CRITERIA = ['criteria', object(string, any)] as const;
const ANSWER = ['answer', answer] as const;
const asks: Partial<BuiltinDeclaration> = { nondeterministic: true, evidence: true };

/** What image statements are lowered to, and rules may call; see docs/language.md, "Host functions". */
const table: readonly BuiltinDeclaration[] = [
  declare(
    'image.parse',
    [['ref', string]],
    ['image', answer],
    'The parts of an image reference, normalised.',
  ),
  declare(
    'image.matches',
    [IMAGE, ['patterns', patterns]],
    ['result', boolean],
    'Whether an image matches one of the patterns.',
  ),
  declare(
    'image.matched',
    [IMAGE, ['patterns', patterns]],
    ['pattern', string],
    'The first of the patterns that an image matches.',
  ),
  declare(
    'image.tag_matches',
    [IMAGE, ['tags', tags]],
    ['result', boolean],
    'Whether the tag by which an image is pulled matches one of the terms.',
  ),
  declare(
    'image.tag_matched',
    [IMAGE, ['tags', tags]],
    ['tag', string],
    'The first of the terms that the tag by which an image is pulled matches.',
  ),
  declare(
    'image.tag_excluded',
    [IMAGE, ['tags', tags]],
    ['result', boolean],
    'As image.tag_matches, but pre-releases and beginnings of versions count as inside a range.',
  ),
  declare(
    'image.tag_excluded_by',
    [IMAGE, ['tags', tags]],
    ['tag', string],
    'As image.tag_matched, but pre-releases and beginnings of versions count as inside a range.',
  ),
  declare('image.resolve', [IMAGE], ANSWER, 'The digest that a reference stands for at its registry.', asks),
  declare('image.manifest', [IMAGE], ANSWER, 'The manifest of an image.', asks),
  declare('image.config', [IMAGE], ANSWER, 'The configuration of an image.', asks),
  declare('image.base', [IMAGE], ANSWER, 'The base images of an image.', asks),
  declare(
    'signature.verified',
    [IMAGE, ['authorities', authorities]],
    ANSWER,
    'Whether an image carries valid signatures of the authorities.',
    asks,
  ),
  declare(
    'attestation.verified',
    [IMAGE, ['type', string], ['authorities', authorities]],
    ANSWER,
    'Whether an image carries a statement of a predicate type that the authorities signed.',
    asks,
  ),
  declare(
    'attestation.authorities',
    [['lists', array(array(any))]],
    ['authorities', array(any)],
    'The authorities, told apart, of whom each of the lists of proven statements has one.',
  ),
  declare(
    'license.choices',
    [['expression', string]],
    ['choices', array(set(string))],
    'The sets of licences with any of which one can comply with an SPDX expression; undefined where it is none.',
  ),
  declare('scan.report', [IMAGE], ANSWER, 'The vulnerability reports of an image.', asks),
  declare(
    'scan.select',
    [IMAGE, CRITERIA],
    ANSWER,
    'The newest vulnerability report of an image that meets criteria, without what these ignore.',
    asks,
  ),
  declare(
    'sbom.select',
    [IMAGE, CRITERIA],
    ANSWER,
    'The newest software bill of materials of an image that meets criteria.',
    asks,
  ),
  declare('sbom.document', [IMAGE], ANSWER, 'The software bill of materials of an image.', asks),
];

export const imageDeclarations = table.map(declaration => ({ ...declaration, host: true }));
