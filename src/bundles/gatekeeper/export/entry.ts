import { root } from './moved-module.ts';

/** What the Rego of a template is made for. */
export interface EntryParts {
  readonly package: string;
  /** Whether any rule decides in the cluster. */
  readonly decides: boolean;
  /** The parameters that there are; undefined where the policy does not say. */
  readonly parameters?: readonly string[];
  /** Whether a Provider is asked about each image. */
  readonly provider: boolean;
}

/**
 * The Rego that Gatekeeper asks: the violations of an exported policy. It looks for an explicit allow, so that what is
 * undefined, or could not be read, is a violation.
 */
export function entryModule({ package: name, decides, parameters, provider }: EntryParts): string {
  return [
    head(name),
    decides ? allowedByDecision : allowedWithoutRules,
    ...(parameters === undefined ? [] : [unknownParameters(parameters)]),
    ...(provider ? [providerRules] : []),
  ].join('\n');
}

const head = (name: string): string => `package ${name}

import data.${root.join('.')}
import data.${root.join('.')}.pratique.opa.submission
import data.${root.join('.')}.pratique.verdict

asked := {"review": object.get(input, "review", {}), "request": object.get(input, "review", {})}

parameters := object.get(input, "parameters", {})

# What is deleted, or connected to, starts no image.
is_let_in if input.review.operation in {"DELETE", "CONNECT"}

standing := found if {
  found := verdict.standing with input as asked with root.parameters as parameters
}

violation contains {"msg": verdict.text(each), "details": details} if {
  not is_let_in
  some each in standing
  details := object.remove(each, ["exempted", "indeterminate"])
}

violation contains {"msg": "the policy came to no decision: what is under review could not be read as a whole"} if {
  not is_let_in
  not is_allowed
  not has_violations
}

has_violations if some _ in standing
`;

const allowedByDecision = `is_allowed if {
  verdict.decision == "allow" with input as asked with root.parameters as parameters
}
`;

const allowedWithoutRules = `is_allowed if {
  submission.readable with input as asked
  count(standing) == 0
}
`;

const unknownParameters = (names: readonly string[]): string => `known_parameters := ${JSON.stringify(names)}

violation contains {"msg": sprintf("the parameter %v is unknown: no rule reads it", [name])} if {
  not is_let_in
  some name, _ in parameters
  not name in known_parameters
}
`;

/** As in the template that is installed: only an explicit allow of that very key lets in, and no address is shown. */
const providerRules = `refs contains ref if {
  images := submission.images with input as asked
  some image in images
  ref := image.ref
}

answer := external_data({"provider": parameters.provider, "keys": [ref | some ref in refs]})

allowed_by_provider contains key if {
  some [key, value] in answer.responses
  value.allowed == true
}

violation contains {"msg": sprintf("%v: %v", [ref, reason(ref)]), "details": {"image": ref}} if {
  not is_let_in
  some ref in refs
  not ref in allowed_by_provider
}

reason(ref) := value.message if {
  some [key, value] in answer.responses
  key == ref
} else := message if {
  some [key, message] in answer.errors
  key == ref
} else := regex.replace(answer.system_error, \`https?://[^"[:space:]]*\`, "the provider") if {
  answer.system_error != ""
} else := "the provider gave no verdict"
`;
