/**
 * Pratique as a library: from text to verdict, step by step or at once.
 *
 *   parseModule -> checkPolicy -> planPolicy -> compilePlan -> Evaluation
 *   loadPolicy + readSubmission -> decide -> formatVerdict
 */
export { parseModule } from '../grammar/index.ts';
export {
  Budget,
  type BudgetLimits,
  type Diagnostic,
  type DiagnosticJson,
  Halt,
  limits,
  renderDiagnostic,
  renderDiagnostics,
  SourceFile,
  toDiagnosticJson,
} from './base/index.ts';
export { readPolicy, type TextFile } from './bundles/index.ts';
export {
  type DecideOptions,
  type Decision,
  decide,
  formatVerdict,
  type LoadedPolicy,
  loadPlan,
  loadPolicy,
  PolicyCache,
  type PolicyInput,
  type StoredPlan,
  storePlan,
  type Verdict,
  type VerdictFormat,
  type Violation,
  verdictFormats,
} from './decide/index.ts';
export { compilePlan, Evaluation, type EvaluationOptions } from './evaluate/index.ts';
export {
  createResolver,
  dnsOverHttps,
  type Evidence,
  type EvidenceResolver,
  type Outside,
  platformFetch,
} from './evidence/index.ts';
export { checkPolicy, type Plan, type PolicyFile, planPolicy } from './language/index.ts';
export { readSubmission, type Submission, type SubmissionParts, toInput } from './manifests/index.ts';
export { fromJson, type Json, parseJson, stringify, toJson, type Value } from './values/index.ts';
