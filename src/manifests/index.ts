export type { Submission, UncheckedField } from './submission.ts';
