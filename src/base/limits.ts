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
  /** Digits of one number in a JSON text. */
  numberDigits: 10_000,
  /** Bytes of a policy source text. */
  policyBytes: 4 * 1024 * 1024,
  /** Brackets inside one another in a policy; the parser has the bound itself. */
  brackets: 100,
  /** Nesting of a document in YAML or JSON. */
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
  /** Bytes of the files of one version that is published, as JSON. */
  versionBytes: 1_500_000,
  /** Files of one version that is published. */
  versionFiles: 500,
  /** Steps of all tests of a version that is published; each has an equal part. */
  testSteps: 40_000_000,
  /** Submissions in one batch. */
  batch: 1_000,
  /** Keys of one request for Gatekeeper's external data. */
  providerKeys: 1_000,
  /** Connections at once for the evidence of one decision. */
  connections: 6,
  /** Milliseconds for one look-up. */
  lookUpTime: 10_000,
  /** Milliseconds for all look-ups of one decision. */
  evidenceTime: 25_000,
  /** HTTP requests that policies may send for one decision. */
  httpRequests: 64,
  /** Redirects that one HTTP request may follow. */
  redirects: 5,
  /** Bytes of the body of an HTTP request that a policy sends. */
  httpRequestBytes: 1024 * 1024,
  /** Bytes of the body of a response to a policy. */
  httpResponseBytes: 2 * 1024 * 1024,
  /** Bytes of the bodies of all responses to the policies of one decision. */
  evidenceBytes: 8 * 1024 * 1024,
  /** Requests to registries for one decision, to their token servers too. */
  registryRequests: 2_000,
  /** Milliseconds for one attempt of a request to a registry. */
  registryTime: 5_000,
  /** How often a request to a registry that fails is made in all. */
  registryAttempts: 3,
  /** Bytes of a manifest, an index or a list of referrers. */
  manifestBytes: 4 * 1024 * 1024,
  /** Bytes of a configuration, a signature, an attestation or a report at a registry. */
  blobBytes: 16 * 1024 * 1024,
  /** Bytes of the bodies of all responses of registries for one decision. */
  registryBytes: 64 * 1024 * 1024,
  /** Bytes of the evidence in the store that is read at a time. */
  storedBytes: 32 * 1024 * 1024,
  /** Signatures, attestations or reports of one image that are looked at. */
  candidates: 50,
  /** Pieces of signed material of one image that are verified. */
  signatures: 100,
  /** Checks of signatures of one image against keys and certificates of a policy. */
  signatureChecks: 2_000,
  /** Bytes of one signature with all that it signs. */
  signatureBytes: 16 * 1024 * 1024,
  /** Signatures of one envelope. */
  envelopeSignatures: 16,
  /** Certificates that may come along with one signature. */
  certificates: 10,
  /** Characters of certificates in PEM. */
  pemLength: 100_000,
  /** Platforms of one image of which each must be signed. */
  platforms: 32,
} as const;

export type LimitName = keyof typeof limits;
