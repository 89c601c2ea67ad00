import type * as a from './ast.ts';
import { bareRule } from './explain.ts';
import type { HeadParts } from './nodes.ts';

type Report = (problem: a.SyntaxProblem) => void;

/** The parts of a package or import path; a part that is not a string is reported and left out. */
export function pathText(ref: a.HeadRef, report: Report): string[] {
  const path = [ref.name.text];
  for (const part of ref.path) {
    if (part.kind === 'dot') path.push(part.name);
    else if (part.term.kind === 'string') path.push(part.term.value);
    else report({ span: part.term.span, message: 'a path holds names and strings only' });
  }
  return path;
}

const keywordsV0 = [
  'package',
  'import',
  'as',
  'default',
  'else',
  'not',
  'some',
  'with',
  'null',
  'true',
  'false',
];
const keywordsV1 = [...keywordsV0, 'if', 'contains', 'in', 'every'];
const importable = ['if', 'contains', 'in', 'every'];

/** Reports an import of what cannot be imported. */
export function checkImport(node: a.Import, version: a.RegoVersion, report: Report): void {
  const { path, pathSpan: span, alias } = node;
  const root = path[0];
  if (root === 'future') checkFuture(node, report);
  else if (root === 'rego') {
    if (path.length !== 2 || path[1] !== 'v1')
      report({
        span,
        message: `\`${path.join('.')}\` cannot be imported: of \`rego\` there is only \`rego.v1\``,
      });
    else if (alias) report({ span: alias.span, message: '`rego.v1` cannot have another name' });
  } else if (root !== 'data' && root !== 'input')
    report({
      span,
      message: `an import begins with \`data\`, \`input\`, \`future\` or \`rego\`, not with \`${root}\``,
      ...(alias === undefined && { hint: `write \`import data.${path.join('.')}\`` }),
    });
  else if (alias === undefined && (version === 'v1' ? keywordsV1 : keywordsV0).includes(path.at(-1)!))
    report({
      span,
      message: `an import cannot end with the keyword \`${path.at(-1)}\``,
      hint: 'give it another name with `as`',
    });
  if (alias && (alias.text === 'input' || alias.text === 'data'))
    report({ span: alias.span, message: `\`${alias.text}\` cannot be the name of an import` });
}

function checkFuture({ path, pathSpan: span, alias }: a.Import, report: Report): void {
  if (path[1] !== 'keywords') report({ span, message: 'of `future` there is only `future.keywords`' });
  else if (alias) report({ span: alias.span, message: '`future.keywords` cannot have another name' });
  else if (path.length > 2 && !importable.includes(path[2]!))
    report({
      span,
      message: `\`${path[2]}\` is not a keyword of the future: there are ${importable.join(', ')}`,
    });
}

/** Reports a default rule without a value, or with one that depends on anything. */
export function checkDefault({ head }: a.Rule, strict: boolean, report: Report): void {
  if (
    head.key !== undefined ||
    (head.value === undefined && head.args === undefined && head.ref.path.length === 1)
  )
    report({ span: head.span, message: 'a default rule has a value', hint: 'write `default p := value`' });
  const variable = head.value && findVariable(head.value);
  if (variable)
    report({
      span: variable.span,
      message: 'the value of a default rule cannot hold a variable, a reference or a call',
    });
  const seen = new Set<string>();
  for (const arg of head.args ?? []) {
    if (arg.kind !== 'var' && (strict || findVariable(arg)))
      report({ span: arg.span, message: 'the arguments of a default function are variables' });
    else if (arg.kind === 'var' && seen.has(arg.name))
      report({ span: arg.span, message: `\`${arg.name}\` is an argument of this default function twice` });
    else if (arg.kind === 'var' && arg.name !== '_') seen.add(arg.name);
  }
}

/** The first part of a term that is not constant; comprehensions are not looked into. */
function findVariable(term: a.Term): a.Term | undefined {
  switch (term.kind) {
    case 'var':
    case 'ref':
    case 'infix':
    case 'membership':
      return term;
    case 'call':
      return isEmptySet(term) ? undefined : term;
    case 'array':
    case 'set':
      return firstOf(term.items);
    case 'object':
      return firstOf(term.entries.flatMap(entry => [entry.key, entry.value]));
    case 'template':
      return firstOf(term.parts.map(part => (part.kind === 'string' ? part : part.term)));
    default:
      return undefined;
  }
}

function firstOf(terms: readonly a.Term[]): a.Term | undefined {
  for (const term of terms) {
    const found = findVariable(term);
    if (found) return found;
  }
  return undefined;
}

/** How a rule was written, as far as its tree does not say. */
export interface Written {
  readonly body: a.Body | undefined;
  readonly withIf: boolean;
  readonly branches: readonly a.Else[];
}

/** What a rule stands in. */
export interface Source {
  readonly text: string;
  readonly version: a.RegoVersion;
  /** It must be written as v1 has it. */
  readonly strict: boolean;
  /** It begins its line. */
  readonly alone: boolean;
  /** The word right after it. */
  readonly after: string;
}

/** The head as it is meant: v0's `p[x] { … }` becomes the partial set that v1 writes `p contains x if { … }`. */
export function checkHead(head: a.Head, written: Written, source: Source, report: Report): a.Head {
  if (head.key && head.args)
    report({
      span: head.span,
      message: 'a function cannot be a set: `contains` and arguments do not go together',
    });
  if (head.args?.length === 0) checkNoArguments(head, written, report);
  if (!head.key && !written.body) checkSpace(head, source, report);
  const checked = head.key || head.value || head.args ? head : bareHead(head, written, source, report);
  checkElse(checked, written, report);
  return checked;
}

/** Without conditions or `contains`, nothing stands between the name and what follows it. */
function checkSpace({ ref: { name, path, span }, args }: a.Head, { text }: Source, report: Report): void {
  if (path.length === 0 && !args) return;
  if (!/\s|#/u.test(text.charAt(name.span.end))) return;
  report({
    span,
    message: `nothing may stand between \`${name.text}\` and what follows it`,
    hint: 'only before `contains` or `if` may a space stand there',
  });
}

interface HeadTerm {
  readonly ref: a.HeadRef;
  readonly parts: HeadParts;
}

/** The reference and arguments of a head whose name stands in parentheses: `(p.q)[x]`, `(f(x))`. */
export function headTerm(
  span: a.Span,
  term: a.Term,
  more: readonly a.RefPart[],
  parts: HeadParts,
  report: Report,
): HeadTerm {
  if (term.kind === 'call' && more.length === 0 && !parts.args) return calledHead(span, term, parts, report);
  const [named, path] = term.kind === 'ref' ? [term.head, [...term.path, ...more]] : [term, more];
  const text = named.kind === 'var' ? named.name : undefined;
  if (text === undefined || (term.kind === 'ref' && (more.length > 0 || parts.args)))
    report({ span: term.span, message: 'a rule has a name, to which parts and arguments may be added' });
  const name = { kind: 'name', span: named.span, text: text ?? '_' } as const;
  return { ref: { kind: 'headRef', span, name, path }, parts };
}

function calledHead(
  span: a.Span,
  { function: called, args }: a.Call,
  parts: HeadParts,
  report: Report,
): HeadTerm {
  const { ref } = headTerm(span, called, [], parts, report);
  return { ref, parts: { ...parts, args } };
}

/** `f()` alone says nothing, and `set()` is a value. */
function checkNoArguments(head: a.Head, { body }: Written, report: Report): void {
  if (head.ref.path.length === 0 && head.ref.name.text === 'set')
    report({ span: head.span, message: '`set()` is the empty set and cannot be a rule' });
  else if (head.value === undefined && body === undefined)
    report({ span: head.span, message: 'a function has an argument, a value or a body' });
}

/** A head that is nothing but a reference. */
function bareHead(head: a.Head, { body, withIf }: Written, source: Source, report: Report): a.Head {
  const [part, ...more] = head.ref.path;
  if (withIf) return head;
  if (part !== undefined && more.length === 0) return partialSet(head, part, source, report);
  if (body === undefined && (source.strict || part === undefined)) {
    const text = source.text.slice(head.span.start, head.span.end);
    report({ span: head.span, ...bareRule(text, source.alone, source.after, source.version) });
  }
  return head;
}

function partialSet(head: a.Head, part: a.RefPart, { strict, text }: Source, report: Report): a.Head {
  const { name } = head.ref;
  const key: a.Term =
    part.kind === 'bracket' ? part.term : { kind: 'string', span: part.span, value: part.name, raw: false };
  if (strict)
    report({
      span: head.span,
      message: 'a rule that makes a set says `contains`',
      hint:
        part.kind === 'bracket'
          ? `write \`${name.text} contains ${text.slice(key.span.start, key.span.end)}\``
          : `for a value, write \`${text.slice(head.span.start, head.span.end)} := true\``,
    });
  return { ...head, ref: { kind: 'headRef', span: name.span, name, path: [] }, key };
}

function checkElse(head: a.Head, { branches, withIf }: Written, report: Report): void {
  const branch = branches[0];
  if (branch === undefined) return;
  const span = { start: branch.span.start, end: branch.span.start + 'else'.length };
  const { path } = head.ref;
  if (path.some(part => part.kind === 'bracket' && !isGround(part.term)))
    report({ span, message: '`else` cannot follow a rule with variables in its head' });
  else if (head.key || (path.length === 1 && !head.args && (!withIf || isReference(path[0]!))))
    report({ span, message: '`else` cannot follow a rule that makes a set or an object' });
}

const isReference = (part: a.RefPart): boolean => part.kind === 'bracket' && part.term.kind === 'ref';

function isGround(term: a.Term): boolean {
  switch (term.kind) {
    case 'call':
      return isEmptySet(term);
    case 'var':
    case 'arrayComprehension':
    case 'setComprehension':
    case 'objectComprehension':
      return false;
    case 'ref':
      return term.path.every(part => part.kind === 'dot' || isGround(part.term));
    case 'array':
    case 'set':
      return term.items.every(isGround);
    case 'object':
      return term.entries.every(entry => isGround(entry.key) && isGround(entry.value));
    case 'infix':
      return isGround(term.left) && isGround(term.right);
    default:
      return true;
  }
}

/** `set()`, which looks like a call. */
function isEmptySet({ function: callee, args }: a.Call): boolean {
  return callee.kind === 'var' && callee.name === 'set' && args.length === 0;
}
