export { checkAuthority } from './authority.ts';
export { parseDigest } from './digest.ts';
export { type Backing, distinctAuthorities } from './distinct-authorities.ts';
export {
  type EvidenceFields,
  type EvidenceStatus,
  evidenceAnswer,
  evidenceStatus,
} from './evidence-answer.ts';
export { familiarMatch } from './familiar-match.ts';
export { compileIdentity } from './identity-pattern.ts';
export { type ContainerType, type Image, imageFields, type ObjectIdentity } from './image.ts';
export { InvalidReference, type InvalidReferenceCode } from './invalid-reference.ts';
export { licenseChoices, parseLicenseExpression } from './license-expression.ts';
export {
  familiar,
  familiarName,
  forPull,
  parseAnyReference,
  parseCanonical,
  parseForPull,
  parseNormalized,
  withDefaultTag,
} from './normalize.ts';
export { compilePatterns, type MatchSubject, type PatternMatcher, type PatternProblem } from './pattern.ts';
export {
  isTag,
  nameOf,
  parseName,
  parseReference,
  printReference,
  type Reference,
  withDigest,
  withTag,
} from './reference.ts';
export { type IgnoredVulnerability, type ReportCriteria, readReportCriteria } from './report-criteria.ts';
export { compileTagPatterns, type RangeUse, type TagMatcher } from './tag-pattern.ts';
export { type ImagePlace, imageValue, parseImageReference, toImage } from './to-image.ts';
