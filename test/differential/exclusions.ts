/** What is not compared, or passed over where it differs, and why. */
export interface Exclusion {
  readonly why: string;
  /** Built-in functions that no program calls; a name that ends in `.` stands for its whole family. */
  readonly builtins?: readonly string[];
  /** Codes of outcomes that are passed over. */
  readonly codes?: readonly string[];
  /** What differs, in the words of `difference`. */
  readonly differences?: readonly RegExp[];
  /** What the program holds where the difference is passed over; absent means any. */
  readonly text?: RegExp;
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
    differences: [/^(?:values|undefined)$/u],
    text: /\b(?:input|data\.base)[\w.[\]"]* in [[{(]/u,
  },
  {
    why: 'OPA takes a body that is `not true` or `true with …` and nothing else for `true` where the head must be evaluated',
    differences: [
      /^(?:undefined|values)$/u,
      /^(?:value|failed \w+|rejected rego_recursion_error) but (?:value|failed)/u,
    ],
    text: /(?:\bif \{?\s*|\| )(?:not true\b|true with\b)/u,
  },
  {
    why: 'OPA forgets what else an expression needs where a comprehension in it mentions a variable of the body',
    differences: [/rego_unsafe_var_error/u],
    text: /\|[^\n]*[\]}][^\n]* with [^\n]*\bas [^\n]*\bx\d/u,
  },
  {
    why: 'the same, where nothing else is wrong',
    differences: [/^rejected rego_unsafe_var_error but (?:value|failed|rejected rego_type_error)/u],
    text: /\b(x\d+)\b[\s\S]*[[{(][^\n]*\|[^\n]*\b\1\b[^\n]*[\]})]|[[{(][^\n]*\b(x\d+)\b[^\n]*[\]})][\s\S]*\b\2\b/u,
  },
  {
    why: 'OPA takes a variable for bound by an object that has it as a key, and never ends where it is used',
    differences: [/^rejected rego_unsafe_var_error but (?:value|failed)/u],
    text: /\bx\d+ = \{.*\bx\d|\{.*\bx\d.*\} = x\d/u,
  },
  {
    why: 'OPA writes what becomes of large numbers and fractions with an exponent, which shows in texts',
    differences: [/^values$/u],
    text: /^(?=[\s\S]*\d{10})[\s\S]*(?:sprintf|format_int|concat|marshal|\$["`]|strings\.|encode|hex|md5|sha|hmac)/u,
  },
  {
    why: 'of the comprehensions in an equation, or in a condition of `every`, OPA reports the last that is wrong',
    differences: [/^place of rego_type_error/u],
    text: /(?:\bevery [^\n]*\{|[\]}] [=!]?= [[{])[^\n]*\|/u,
  },
  {
    why: 'OPA writes the number that units.parse finds with ten places',
    differences: [/^values$/u],
    text: /\bunits\.parse\(/u,
  },
  {
    why: 'a key that is an object is written as JSON: with its own keys in the order of their texts there, of their values here',
    differences: [/^values$/u],
    text: /[{,] ?(?:\[|\{|null|true|false|set\(|-?\d)[^"\n]*:/u,
  },
  {
    why: 'where what `every` looks through is a call that mentions its own variable, OPA shows the whole statement',
    differences: [/^place of rego_unsafe_var_error/u],
    text: /\bevery (?:\w+, )?(x\d+)(?:, \w+)? in [^\n]*\(.*\b\1\b/u,
  },
  {
    why: 'a path below input or data that `with` replaces and that is not names only: OPA fails where it comes to it, here the checks refuse it',
    differences: [/^rejected rego_type_error but/u],
    text: /\bwith (?:input|data)[\w.]*\[(?!["`])/u,
  },
  {
    why: 'OPA goes twice through elements of a set that are written differently and turn out to be equal',
    differences: [/^values$/u],
    text: /\bin \{[^|:\n]*,[^|:\n]*\}|\}\[/u,
  },
  {
    why: 'OPA takes an argument that is a set of a rule and a document for unsafe, of either alone for none',
    differences: [/but rejected rego_unsafe_var_error/u],
    text: /^\s*\w+\([^)\n]*\{[^:{}\n]*,[^:{}\n]*\}/mu,
  },
  {
    why: 'OPA reads the call of a collection, and finds later that it is no function: here the parser says so',
    differences: [/^rejected rego_parse_error but rejected/u],
    text: /[\]}]\(/u,
  },
  {
    why: 'OPA reads `a == b := c` as a function that is called `equal`',
    differences: [/^rejected rego_parse_error but/u],
    text: /^\s*\w[\w.]*(?:\[[^\n]*\])? ?(?:[=!]=|[<>]=?|[-+*/%|&]) ?[^\n]*:?= /mu,
  },
  {
    why: 'OPA takes the name that `some data in …` declares for the whole of data, the rule itself with it',
    differences: [/^(?:value|failed \w+|rejected \w+) but rejected rego_recursion_error/u],
    text: /\bsome [^\n]*\bdata\b[^\n.[]* in /u,
  },
  {
    why: 'OPA gives a variable of a comprehension the types of a key and of a value in a comprehension inside it, and finds that they differ',
    differences: [/^place of rego_type_error/u, /but rejected rego_type_error/u],
    text: /\|[^\n]*\|[^\n]*\b(x\d+), \1 in /u,
  },
  {
    why: 'OPA forgets a variable that an expression binds under a replaced function where a template behind it mentions the variable',
    differences: [/but rejected rego_compile_error/u],
    text: /\bwith \w[\w.]* as [a-z][\w.]*\n[\s\S]*\$["`]/u,
  },
  {
    why: 'OPA replaces the empty text between the bytes of a character, and what comes of it is no text',
    differences: [/^values$/u],
    text: /^(?=[\s\S]*[^ -~\s])[\s\S]*\breplace\(|\breplace\([^\n]*\b(?:input|data)\b/u,
  },
  {
    why: 'the server of OPA refuses a rule where a document is; here bundles are, when they are loaded',
    differences: [/but rejected rego_compile_error/u],
    text: /\bbeside (?:if|contains|:?=) /u,
  },
  {
    why: 'OPA names a rule that is called `_` anew, $0: comparison.ts leaves such programs out',
  },
  {
    why: 'OPA makes the reference that `some … in r` looks through by writing into another mention of the rule',
    differences: [/^place of rego_type_error/u],
    text: /\bsome [^\n]* in r\d/u,
  },
  {
    why: 'OPA panics, or works for longer than is waited for: run.ts counts it as unanswered',
  },
  {
    why: 'OPA prints a number as it was written (2.50, 1e2): generator/samples.ts has none',
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

/** Whether a difference between what the two sides make of modules is passed over. */
export function excludedDifference(what: string, texts: readonly string[]): boolean {
  return exclusions.some(
    ({ differences, text }) =>
      differences?.some(each => each.test(what)) && (!text || texts.some(each => text.test(each))),
  );
}
