/** What a diagnostic is about. The `rego_` names are OPA's; every other code is ours. */
export type DiagnosticCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_type_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'
  | 'statement_error'
  | 'manifest_error'
  | 'bundle_error'
  | 'layer_error'
  | 'limit_error';

/** Why an evaluation stopped or an expression was undefined. The `eval_` names are OPA's. */
export type EvaluationCode =
  | 'eval_internal_error'
  | 'eval_type_error'
  | 'eval_builtin_error'
  | 'eval_conflict_error'
  | 'eval_with_merge_error'
  | 'eval_cancel_error'
  | 'eval_budget_error';
