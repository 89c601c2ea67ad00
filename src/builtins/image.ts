import {
  checkAuthority,
  evidenceAnswer,
  type Image,
  imageValue,
  licenseChoices,
  parseLicenseExpression,
  type RangeUse,
  readReportCriteria,
  toImage,
} from '../images/index.ts';
import { hash, ObjectValue, SetValue, type Value } from '../values/index.ts';
import { attestationAuthorities } from './attestation-authorities.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asImage, asPatterns, asTags, type Compiled } from './image-operands.ts';
import { asString } from './operands.ts';

/**
 * What image statements are lowered to. Where a pattern of a list is none and no other matches, nothing
 * can be said: that is an error, so that neither a list of what is allowed nor one of what is denied lets
 * an image pass for a slip of the pen.
 */
export const imageFamily: Readonly<Record<string, BuiltinFunction>> = {
  'image.parse': (_context, ref) => {
    const image = toImage(asString(ref!, 1));
    if (image.invalid !== undefined) throw new BuiltinError(`invalid image reference: ${image.invalid}`);
    return imageValue(image);
  },
  'image.matches': (context, image, patterns) => matched(context, image!, patterns!) !== undefined,
  'image.matched': (context, image, patterns) => matched(context, image!, patterns!),
  'image.tag_matches': (context, image, tags) => tagMatched(context, image!, tags!) !== undefined,
  'image.tag_matched': (context, image, tags) => tagMatched(context, image!, tags!),
  'image.tag_excluded': (context, image, tags) =>
    tagMatched(context, image!, tags!, 'keep-out') !== undefined,
  'image.tag_excluded_by': (context, image, tags) => tagMatched(context, image!, tags!, 'keep-out'),
  'image.resolve': (context, image) => ask(context, 'resolve', image!),
  'image.manifest': (context, image) => ask(context, 'manifest', image!),
  'image.config': (context, image) => ask(context, 'config', image!),
  'image.base': (context, image) => ask(context, 'base', image!),
  'signature.verified': (context, image, authorities) =>
    ask(context, 'signature', image!, [['authorities', asAuthorities(authorities!)]]),
  'attestation.verified': (context, image, type, authorities) =>
    ask(context, 'attestation', image!, [
      ['type', asString(type!, 2)],
      ['authorities', asAuthorities(authorities!)],
    ]),
  'attestation.authorities': (_context, lists) => attestationAuthorities(lists!),
  'license.choices': (_context, text) => {
    const expression = parseLicenseExpression(asString(text!, 1));
    if (expression === undefined) return undefined;
    const choices = licenseChoices(expression);
    if (choices === undefined) throw new BuiltinError('the licence expression has too many choices');
    return choices.map(choice => SetValue.of(choice));
  },
  'scan.report': (context, image) => ask(context, 'scan', image!),
  'scan.select': (context, image, criteria) =>
    ask(context, 'scan', image!, [['criteria', asCriteria(criteria!)]]),
  'sbom.document': (context, image) => ask(context, 'sbom', image!),
  'sbom.select': (context, image, criteria) =>
    ask(context, 'sbom', image!, [['criteria', asSbomCriteria(criteria!)]]),
};

function matched(context: BuiltinContext, image: Value, patterns: Value): string | undefined {
  const compiled = asPatterns(context, patterns, 2);
  return compiled.matcher.match(asImage(image, 1), context.budget) ?? none(compiled, 'pattern');
}

/** Where a digest is written it is the digest by which the image is pulled: no tag matches. */
function tagMatched(
  context: BuiltinContext,
  image: Value,
  tags: Value,
  use: RangeUse = 'let-in',
): string | undefined {
  const { tag, digest } = asImage(image, 1);
  const compiled = asTags(context, tags, 2, use);
  if (tag === undefined || digest !== undefined) return undefined;
  return compiled.matcher.match(tag, context.budget) ?? none(compiled, 'tag');
}

function none(compiled: Compiled<unknown>, what: string): undefined {
  const [problem] = compiled.problems;
  if (problem) throw new BuiltinError(`${what} ${problem.index + 1} is not valid: ${problem.message}`);
  return undefined;
}

/** The answer to a question about an image; undefined in the round in which it is asked first. */
function ask(
  context: BuiltinContext,
  kind: string,
  image: Value,
  more: readonly (readonly [string, Value])[] = [],
): Value | undefined {
  const request = ObjectValue.of([['image', subject(asImage(image, 1))], ...more]);
  if (!context.evidence) return evidenceAnswer('unavailable', { reason: 'no evidence source is configured' });
  return context.evidence.ask({ kind, key: `${kind} ${hash(request)}`, request });
}

/** What of an image a question is about: the same wherever it stands and however it is written. */
function subject({ name, registry, repository, tag, digest }: Image): Value {
  const fields = { name, registry, repository, ...(digest === undefined ? { tag } : { digest }) };
  return ObjectValue.of(Object.entries(fields).filter(isPresent));
}

function isPresent(field: [string, string | undefined]): field is [string, string] {
  return field[1] !== undefined;
}

function asCriteria(value: Value): Value {
  const criteria = readReportCriteria(value);
  if (typeof criteria === 'string') throw new BuiltinError(criteria);
  return value;
}

function asSbomCriteria(value: Value): Value {
  const criteria = readReportCriteria(value);
  if (typeof criteria === 'string') throw new BuiltinError(criteria);
  if (criteria.scanners.length > 0 || criteria.ignored.length > 0)
    throw new BuiltinError('a software bill of materials is by authorities, and nothing of it is ignored');
  return value;
}

function asAuthorities(value: Value): Value {
  const wrong = checkAuthority(value);
  if (wrong !== undefined) throw new BuiltinError(wrong);
  return value;
}
