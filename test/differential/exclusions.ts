/** What is not compared, and why. */
export interface Exclusion {
  readonly why: string;
  /** Built-in functions that no program calls; a name that ends in `.` stands for its whole family. */
  readonly builtins?: readonly string[];
  /** Codes of outcomes that are passed over. */
  readonly codes?: readonly string[];
}

export const exclusions: readonly Exclusion[] = [
  {
    why: 'asks the clock, chance or the outside',
    builtins: [
      'time.now_ns',
      'rand.intn',
      'uuid.rfc4122',
      'http.send',
      'net.lookup_ip_addr',
      'opa.runtime',
      'io.jwt.encode_sign',
      'io.jwt.encode_sign_raw',
      'providers.aws.',
    ],
  },
  {
    why: 'speaks about the module itself, under the name that each side gives it',
    builtins: ['rego.metadata.', 'rego.parse_module'],
  },
  {
    why: 'host functions, which OPA lacks',
    builtins: ['image.', 'signature.', 'attestation.', 'scan.', 'sbom.'],
  },
  { why: 'says things to a log', builtins: ['trace', 'print'] },
  { why: 'a bound of ours on work, which OPA does not have', codes: ['eval_budget_error'] },
];

export function excludedBuiltin(name: string): boolean {
  return exclusions.some(({ builtins }) =>
    builtins?.some(each => (each.endsWith('.') ? name.startsWith(each) : name === each)),
  );
}

export function excludedCode(code: string): boolean {
  return exclusions.some(({ codes }) => codes?.includes(code));
}
