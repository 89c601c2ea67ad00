export { type AnswerOptions, type ReportAnswer, sbomAnswer, scanAnswer } from './answers.ts';
export type { ReportCandidate } from './candidates.ts';
export { isProblem, type ReportProblem, readReport } from './read-report.ts';
export type { Reading, Sbom, ScanReport, Vex } from './report.ts';
export type { ReportSubject } from './subject.ts';
