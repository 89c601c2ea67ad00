/** Every limit by name. What they bound is documented in docs/limits.md. */
export const limits = {
  /** Evaluation steps: one per rule, call or element looked at. */
  steps: 20_000_000,
  /** Elements of all collections, and characters of all strings (in units of 64), that one evaluation may make. */
  resultSize: 4_000_000,
  /** Rules, functions and comprehensions inside one another. */
  depth: 1_500,
  /** Characters of one string that a built-in function makes. */
  stringLength: 16 * 1024 * 1024,
  /** Bytes of a policy source text. */
  policyBytes: 4 * 1024 * 1024,
  /** Nesting of brackets in a policy, and of a document in YAML or JSON. */
  nesting: 500,
  /** Bytes of a request body. */
  bodyBytes: 10 * 1024 * 1024,
  /** Keys and values of one YAML or JSON text, counted by its separators before it is read. */
  manifestNodes: 1_500_000,
  /** Documents in one submission. */
  documents: 10_000,
  /** Images in one submission. */
  images: 20_000,
  /** Nodes that YAML aliases may expand to. */
  aliasNodes: 100_000,
  /** Submissions in one batch. */
  batch: 1_000,
} as const;

export type LimitName = keyof typeof limits;
