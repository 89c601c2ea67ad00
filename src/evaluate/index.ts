export { type CompiledPolicy, type CompileOptions, compilePlan } from './compile.ts';
export type { EvaluationError } from './context.ts';
export { type Bindings, Evaluation, type EvaluationOptions } from './evaluation.ts';
export type { TraceEvent } from './trace.ts';
