export { nodeValue } from './branch.ts';
export { type Extractor, readExtractors } from './extractor.ts';
export { toInput } from './input.ts';
export { toProblem } from './problem.ts';
export {
  type ReadOptions,
  readSubmission,
  type SubmissionParts,
  type SubmittedFile,
} from './read-submission.ts';
export { clearKind, kindOfName } from './recognition.ts';
export { builtInExtractors } from './special-fields.ts';
export type { Submission, UncheckedField } from './submission.ts';
export { readDocuments } from './yaml-documents.ts';
