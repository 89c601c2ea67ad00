export { Budget, type BudgetLimits } from './budget.ts';
export { readBytes } from './bytes.ts';
export { closest } from './closest.ts';
export type { DiagnosticCode, EvaluationCode } from './codes.ts';
export type { Diagnostic, DiagnosticJson, RelatedPlace, Severity } from './diagnostic.ts';
export { frameOf } from './frame.ts';
export { Halt } from './halt.ts';
export { type LimitName, limits } from './limits.ts';
export {
  earlier,
  type Moment,
  momentOf,
  readMoment,
  toMoment,
  toMomentOfSeconds,
  toMomentOrDate,
  writeMoment,
} from './moment.ts';
export { displayWidth, printable, visible } from './printable.ts';
export {
  type Paint,
  type PaintRole,
  plain,
  renderDiagnostic,
  renderDiagnosticJson,
  renderDiagnostics,
  sortDiagnostics,
  toDiagnosticJson,
} from './render.ts';
export { type Position, SourceFile } from './source.ts';
export { escapeXml, xmlAttributes } from './xml.ts';
