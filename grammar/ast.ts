/**
 * The nodes that the parser makes. Every node carries `kind` and `span`; there are no tokens and no
 * parent links, so a tree is plain data that can be compared, printed and sent.
 */

/** Half-open range of UTF-16 offsets into the source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which edition of Rego a text is read as. */
export type RegoVersion = 'v0' | 'v1';

/** `rego` is plain Rego and nothing else; `policy` may hold image statements as well. */
export type Dialect = 'rego' | 'policy';

/** A `#` comment, `text` without the `#`. Kept for annotations and for the formatter. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

export interface Module {
  readonly kind: 'module';
  readonly span: Span;
  readonly version: RegoVersion;
  readonly package: Package;
  readonly imports: readonly Import[];
  /** Rules and statements in source order. */
  readonly items: readonly (Rule | Statement)[];
  readonly comments: readonly Comment[];
}

export interface Package {
  readonly kind: 'package';
  readonly span: Span;
  /** Without the leading `data`. */
  readonly path: readonly string[];
}

export interface Import {
  readonly kind: 'import';
  readonly span: Span;
  /** First element is `data`, `input`, `future` or `rego`. */
  readonly path: readonly string[];
  readonly pathSpan: Span;
  readonly alias?: Name;
}

/** An identifier with its place. */
export interface Name {
  readonly kind: 'name';
  readonly span: Span;
  readonly text: string;
}

/**
 * One rule. `f(x) := 1 if {…} {…}` is two rules of one head, the second with `chained`.
 * `default p := 1` has `default: true` and no body.
 */
export interface Rule {
  readonly kind: 'rule';
  readonly span: Span;
  readonly default: boolean;
  readonly chained: boolean;
  readonly head: Head;
  /** Absent where none is written (`p := 1`), which holds always. */
  readonly body?: Body;
  readonly else: readonly Else[];
}

/**
 * The head of a rule.
 *
 *   p := v            ref [p], value
 *   p contains k      ref [p], key                 (v0: `p[k] { … }` as well)
 *   p.q[x] := v       ref [p, q, x], value         (v0: `p[x] = v { … }` as well)
 *   f(a, b) := v      ref [f], args, value
 *   p                 ref [p]                      (value true)
 */
export interface Head {
  readonly kind: 'head';
  readonly span: Span;
  readonly ref: HeadRef;
  readonly args?: readonly Term[];
  readonly key?: Term;
  readonly value?: Term;
  readonly assign?: ':=' | '=';
}

export interface HeadRef {
  readonly kind: 'headRef';
  readonly span: Span;
  readonly name: Name;
  readonly path: readonly RefPart[];
}

export interface Else {
  readonly kind: 'else';
  readonly span: Span;
  readonly value?: Term;
  readonly assign?: ':=' | '=';
  readonly body?: Body;
}

export interface Body {
  readonly kind: 'body';
  readonly span: Span;
  readonly literals: readonly Literal[];
}

/** One condition of a body, with its `with` modifiers. */
export type Literal = ExprLiteral | NotLiteral | SomeLiteral | SomeInLiteral | EveryLiteral;

interface LiteralBase {
  readonly span: Span;
  readonly with: readonly With[];
}

export interface ExprLiteral extends LiteralBase {
  readonly kind: 'expr';
  readonly term: Term;
}

export interface NotLiteral extends LiteralBase {
  readonly kind: 'not';
  readonly term: Term;
}

/** `some x, y` */
export interface SomeLiteral extends LiteralBase {
  readonly kind: 'some';
  readonly names: readonly Var[];
}

/** `some x in xs`, `some k, v in xs` */
export interface SomeInLiteral extends LiteralBase {
  readonly kind: 'someIn';
  readonly key?: Term;
  readonly value: Term;
  readonly collection: Term;
}

/** `every x in xs { … }`, `every k, v in xs { … }` */
export interface EveryLiteral extends LiteralBase {
  readonly kind: 'every';
  readonly key?: Var;
  readonly value: Var;
  readonly collection: Term;
  readonly body: Body;
}

export interface With {
  readonly kind: 'with';
  readonly span: Span;
  /** `input`, `data`, or a path below one of them, or a function by name. */
  readonly target: Var | Ref;
  readonly value: Term;
}

export type Term =
  | NullTerm
  | BooleanTerm
  | NumberTerm
  | StringTerm
  | Template
  | Var
  | Ref
  | Call
  | ArrayTerm
  | ObjectTerm
  | SetTerm
  | ArrayComprehension
  | SetComprehension
  | ObjectComprehension
  | Infix
  | Membership;

export interface NullTerm {
  readonly kind: 'null';
  readonly span: Span;
}

export interface BooleanTerm {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

/** `text` is a JSON number, sign included, as written. */
export interface NumberTerm {
  readonly kind: 'number';
  readonly span: Span;
  readonly text: string;
}

export interface StringTerm {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
  /** Written between backquotes. */
  readonly raw: boolean;
}

/** `$"at {place}: {count(xs)}"`; the parts alternate as written, empty strings left out. */
export interface Template {
  readonly kind: 'template';
  readonly span: Span;
  readonly raw: boolean;
  readonly parts: readonly (StringTerm | TemplateExpression)[];
}

/** One `{ … }` of a template string: a single expression, which may carry `with`. */
export interface TemplateExpression {
  readonly kind: 'templateExpression';
  readonly span: Span;
  readonly term: Term;
  readonly with: readonly With[];
}

/** A variable, `_` included. `input` and `data` are variables to the parser. */
export interface Var {
  readonly kind: 'var';
  readonly span: Span;
  readonly name: string;
}

/** `head` followed by at least one part. */
export interface Ref {
  readonly kind: 'ref';
  readonly span: Span;
  readonly head: Term;
  readonly path: readonly RefPart[];
}

export type RefPart = DotPart | BracketPart;

/** `.name` */
export interface DotPart {
  readonly kind: 'dot';
  readonly span: Span;
  readonly name: string;
}

/** `[term]` */
export interface BracketPart {
  readonly kind: 'bracket';
  readonly span: Span;
  readonly term: Term;
}

/** `f(x)`, `data.lib.f(x)`, `json.unmarshal(x)`; also `set()`. */
export interface Call {
  readonly kind: 'call';
  readonly span: Span;
  readonly function: Var | Ref;
  readonly args: readonly Term[];
}

export interface ArrayTerm {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly Term[];
}

export interface ObjectTerm {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly ObjectEntry[];
}

export interface ObjectEntry {
  readonly kind: 'entry';
  readonly span: Span;
  readonly key: Term;
  readonly value: Term;
}

export interface SetTerm {
  readonly kind: 'set';
  readonly span: Span;
  readonly items: readonly Term[];
}

export interface ArrayComprehension {
  readonly kind: 'arrayComprehension';
  readonly span: Span;
  readonly term: Term;
  readonly body: Body;
}

export interface SetComprehension {
  readonly kind: 'setComprehension';
  readonly span: Span;
  readonly term: Term;
  readonly body: Body;
}

export interface ObjectComprehension {
  readonly kind: 'objectComprehension';
  readonly span: Span;
  readonly key: Term;
  readonly value: Term;
  readonly body: Body;
}

export type InfixOperator =
  | ':='
  | '='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '|'
  | '&'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

export interface Infix {
  readonly kind: 'infix';
  readonly span: Span;
  readonly operator: InfixOperator;
  readonly operatorSpan: Span;
  readonly left: Term;
  readonly right: Term;
}

/** `x in xs`, `k, v in xs`, outside `some`. */
export interface Membership {
  readonly kind: 'membership';
  readonly span: Span;
  readonly key?: Term;
  readonly value: Term;
  readonly collection: Term;
}

export type Verb = 'allow' | 'deny' | 'require' | 'warn' | 'prefer' | 'exempt';

export type Noun =
  | 'registry'
  | 'tag'
  | 'digest'
  | 'signature'
  | 'attestation'
  | 'scan'
  | 'sbom'
  | 'pull_secret'
  | 'base'
  | 'image';

/** One image statement; see docs/language.md. `exempt` has no noun. */
export interface Statement {
  readonly kind: 'statement';
  readonly span: Span;
  readonly label?: Name;
  readonly verb: Verb;
  readonly verbSpan: Span;
  readonly count?: NumberTerm;
  readonly noun?: Noun;
  readonly nounSpan?: Span;
  readonly args: readonly Term[];
  readonly clauses: readonly Clause[];
}

export type TermClauseWord = 'by' | 'below' | 'within' | 'until' | 'because';
export type ListClauseWord = 'for' | 'from';
export type BodyClauseWord = 'if' | 'unless' | 'where';

export type Clause = TermClause | ListClause | BodyClause;

interface ClauseBase {
  readonly span: Span;
  readonly wordSpan: Span;
}

/** `by keys.release` */
export interface TermClause extends ClauseBase {
  readonly kind: 'termClause';
  readonly word: TermClauseWord;
  readonly term: Term;
}

/** `for "ghcr.io/acme/*", data.mirrors`; the names after `from` are variables. */
export interface ListClause extends ClauseBase {
  readonly kind: 'listClause';
  readonly word: ListClauseWord;
  readonly terms: readonly Term[];
}

/** `unless input.context.dev`, `where { …; … }` */
export interface BodyClause extends ClauseBase {
  readonly kind: 'bodyClause';
  readonly word: BodyClauseWord;
  readonly body: Body;
}

/** What stopped the parser, or was passed over by it. `code` is always `rego_parse_error`. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}
