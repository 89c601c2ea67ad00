/** What is not compared, and why. */
export interface Exclusion {
  readonly why: string;
  /** Built-in functions that no program calls; a name that ends in `.` stands for its whole family. */
  readonly builtins?: readonly string[];
  /** Codes of outcomes that are passed over. */
  readonly codes?: readonly string[];
  /** What programs that are passed over hold. */
  readonly texts?: readonly RegExp[];
  /** Kinds of difference that are passed over. */
  readonly differences?: readonly RegExp[];
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
  { why: 'says things to a log', builtins: ['trace', 'print'] },
  { why: 'a bound of ours on work, which OPA does not have', codes: ['eval_budget_error'] },
  {
    why: 'where calls fail under strict errors, the order in which conditions are tried, and the rules that an index of conditions on the input rules out, decide which failure is met first, or whether one is met at all',
    differences: [
      /^failed eval_(?:type|builtin)_error but (?:value|failed)/u,
      /^value but failed eval_(?:type|builtin)_error/u,
      /^eval_\w+_error but eval_\w+_error/u,
    ],
  },
  {
    why: 'where a rule or comprehension has two values, the order in which conditions are tried decides whether it is asked at all',
    differences: [/^failed eval_conflict_error but value/u, /^value but failed eval_conflict_error/u],
  },
  {
    why: 'OPA keeps the spelling of a number that to_number reads, and then cannot write it (1_0)',
    differences: [/but failed internal_error/u],
  },
  {
    why: 'the index of OPA takes `input.x in [ … ]` for one of the constants that are written there, and never finds what is computed',
    texts: [/\b(?:input|data\.base)[\w.]* in [[{(]/u],
  },
  {
    why: 'OPA panics, or works for longer than is waited for: run.ts counts it as unanswered',
  },
  {
    why: 'a path below input or data that `with` replaces and that is not names only: OPA fails where it comes to it, here the checks refuse it',
    texts: [/\bwith (?:input|data)[\w.]*\[(?!["`])/u],
  },
  {
    why: 'OPA reads the call of a collection, and finds later that it is no function: here the parser says so',
    texts: [/[\]}]\(/u],
  },
  {
    why: 'OPA prints a number as it was written (2.50, 1e2): generator/samples.ts has none',
  },
  {
    why: 'OPA takes a body that is `not true` or `true with …` and nothing else for `true` where the head holds a reference or a call',
    texts: [/\bnot true\b|\btrue with\b/u],
  },
];

export function excludedBuiltin(name: string): boolean {
  return exclusions.some(({ builtins }) =>
    builtins?.some(each => (each.endsWith('.') ? name.startsWith(each) : name === each)),
  );
}

export function excludedCode(code: string): boolean {
  return exclusions.some(({ codes }) => codes?.includes(code));
}

export function excludedDifference(what: string): boolean {
  return exclusions.some(({ differences }) => differences?.some(each => each.test(what)));
}

export function excludedText(text: string): boolean {
  return exclusions.some(({ texts }) => texts?.some(each => each.test(text)));
}
