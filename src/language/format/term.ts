import type {
  ArrayComprehension,
  Body,
  Call,
  EveryLiteral,
  Infix,
  InfixOperator,
  Literal,
  Membership,
  ObjectComprehension,
  ObjectEntry,
  ObjectTerm,
  Ref,
  RefPart,
  SetComprehension,
  Span,
  Template,
  TemplateExpression,
  Term,
  With,
} from '../../../grammar/index.ts';
import { printBrackets } from './brackets.ts';
import { needsParentheses, needsParenthesesInBrackets, powerOf } from './precedence.ts';
import { printString, printTemplateText } from './strings.ts';
import type { Writer } from './writer.ts';

export function writeTerm(writer: Writer, term: Term): void {
  switch (term.kind) {
    case 'null':
      writer.write('null');
      break;
    case 'boolean':
      writer.write(String(term.value));
      break;
    case 'number':
      writer.write(term.text);
      break;
    case 'string':
      writer.write(printString(term));
      break;
    case 'template':
      writeTemplate(writer, term);
      break;
    case 'var':
      writer.write(term.name);
      break;
    case 'ref':
      writeRef(writer, term);
      break;
    case 'call':
      writeCall(writer, term);
      break;
    case 'array':
      printBrackets(writer, { open: '[', close: ']', ...elements(term, term.items) });
      break;
    case 'set':
      writeSet(writer, term.items, term);
      break;
    case 'object':
      writeObject(writer, term);
      break;
    case 'arrayComprehension':
    case 'setComprehension':
    case 'objectComprehension':
      writeComprehension(writer, term);
      break;
    case 'infix':
      writeInfix(writer, term);
      break;
    case 'membership':
      writeMembership(writer, term);
      break;
  }
}

/** As an element of brackets or an argument. */
export function writeElement(writer: Writer, term: Term): void {
  writeGrouped(writer, term, needsParenthesesInBrackets(term));
}

/** `.name` or `[term]`. */
export function writePart(writer: Writer, part: RefPart): void {
  if (part.kind === 'dot') writer.write(`.${part.name}`);
  else {
    writer.write('[');
    writeElement(writer, part.term);
    writer.write(']');
  }
}

/** The arguments of a call or of a function's head, with their parentheses. */
export function writeArguments(writer: Writer, start: number, end: number, args: readonly Term[]): void {
  printBrackets(writer, { open: '(', close: ')', ...elements({ span: { start, end } }, args) });
}

function elements({ span }: Pick<Term, 'span'>, terms: readonly Term[]) {
  const items = terms.map(node => ({ span: node.span, node }));
  return { span, items, printItem: writeElement };
}

function writeGrouped(writer: Writer, term: Term, parentheses: boolean): void {
  if (parentheses) writer.write('(');
  writeTerm(writer, term);
  if (parentheses) writer.write(')');
}

function writeRef(writer: Writer, ref: Ref): void {
  writeGrouped(writer, ref.head, ref.head.kind === 'infix' || ref.head.kind === 'membership');
  for (const part of ref.path) writePart(writer, part);
}

function writeCall(writer: Writer, call: Call): void {
  writeTerm(writer, call.function);
  writeArguments(writer, call.function.span.end, call.span.end, call.args);
}

function writeSet(writer: Writer, items: readonly Term[], { span }: Pick<Term, 'span'>): void {
  if (items.length === 0) writer.write('set()');
  else printBrackets(writer, { open: '{', close: '}', ...elements({ span }, items) });
}

function writeObject(writer: Writer, object: ObjectTerm): void {
  const items = object.entries.map(node => ({ span: node.span, node }));
  printBrackets(writer, { open: '{', close: '}', span: object.span, items, printItem: writeEntry });
}

function writeEntry(writer: Writer, entry: ObjectEntry): void {
  writeElement(writer, entry.key);
  writer.write(': ');
  writeElement(writer, entry.value);
}

function writeInfix(writer: Writer, infix: Infix, writeLeft = writeTerm): void {
  const power = powerOf(infix);
  const assigns = infix.operator === ':=' || infix.operator === '=';
  if (needsParentheses(infix.left, power, 'left')) writeGrouped(writer, infix.left, true);
  else writeLeft(writer, infix.left);
  writer.write(` ${infix.operator} `);
  const freeRight = assigns && infix.right.kind === 'membership';
  writeGrouped(writer, infix.right, !freeRight && needsParentheses(infix.right, power, 'right'));
}

function writeMembership(writer: Writer, term: Membership): void {
  const power = powerOf(term);
  if (term.key !== undefined) {
    writeGrouped(writer, term.key, needsParentheses(term.key, power, 'left'));
    writer.write(', ');
  }
  writeGrouped(writer, term.value, needsParentheses(term.value, power, 'left'));
  writer.write(' in ');
  writeGrouped(writer, term.collection, needsParentheses(term.collection, power, 'right'));
}

function writeTemplate(writer: Writer, template: Template): void {
  const quote = template.raw ? '`' : '"';
  writer.write(`$${quote}`);
  for (const part of template.parts) {
    if (part.kind === 'string') writer.write(printTemplateText(part.value, template.raw));
    else writeTemplateExpression(writer, part);
  }
  writer.write(quote);
}

function writeTemplateExpression(writer: Writer, part: TemplateExpression): void {
  writer.write('{');
  writeTerm(writer, part.term);
  for (const modifier of part.with) {
    writer.write(' ');
    writeWith(writer, modifier);
  }
  writer.write('}');
}

/** One literal a line, each with the comments before and behind it. */
export function writeLiteralLines(
  writer: Writer,
  literals: readonly Literal[],
  first: (writer: Writer, literal: Literal) => void = writeLiteral,
): void {
  literals.forEach((literal, i) => {
    writer.startLine(literal.span);
    (i === 0 ? first : writeLiteral)(writer, literal);
    writer.endLine(literal.span.end);
    writer.newline();
  });
}

/** A body between braces, one literal a line. The braces stand about `opening` and `closing`. */
export function writeBlock(writer: Writer, body: Body, opening: number, closing: number): void {
  writer.write('{');
  writer.openLine(opening, body.literals[0]?.span.start ?? body.span.end);
  writer.newline();
  writer.indent();
  writeLiteralLines(writer, body.literals, writeFirst);
  writer.writeCommentsBefore(closing);
  writer.dedent();
  writer.newline();
  writer.write('}');
}

/** A body between braces on one line. */
export function writeInlineBlock(writer: Writer, literals: readonly Literal[]): void {
  writer.write('{ ');
  writeLiteralsInline(writer, literals, writeFirst);
  writer.write(' }');
}

/** Literals on one line, between them `; `. */
function writeLiteralsInline(
  writer: Writer,
  literals: readonly Literal[],
  first: (writer: Writer, literal: Literal) => void = writeLiteral,
): void {
  literals.forEach((literal, i) => {
    if (i > 0) writer.write('; ');
    (i === 0 ? first : writeLiteral)(writer, literal);
  });
}

/** The first literal behind a `{`, where a bare `a | b` would begin a comprehension. */
function writeFirst(writer: Writer, literal: Literal): void {
  writeLiteral(writer, literal, writeLeading);
}

/** A term, its first operator between parentheses where that is `|`. */
function writeLeading(writer: Writer, term: Term): void {
  if (term.kind !== 'infix') writeTerm(writer, term);
  else if (term.operator === '|' && leadingOperator(term) === '|') writeGrouped(writer, term, true);
  else if (needsParentheses(term.left, powerOf(term), 'left')) writeTerm(writer, term);
  else writeInfix(writer, term, writeLeading);
}

/** The operator that stands first in the text of a term. */
function leadingOperator(term: Infix): InfixOperator {
  const { left } = term;
  if (left.kind !== 'infix' || needsParentheses(left, powerOf(term), 'left')) return term.operator;
  return leadingOperator(left);
}

export function writeLiteral(writer: Writer, literal: Literal, write = writeTerm): void {
  switch (literal.kind) {
    case 'expr':
      write(writer, literal.term);
      break;
    case 'not':
      writer.write('not ');
      writeTerm(writer, literal.term);
      break;
    case 'some':
      writer.write(`some ${literal.names.map(({ name }) => name).join(', ')}`);
      break;
    case 'someIn':
      writer.write('some ');
      if (literal.key !== undefined) {
        writeElement(writer, literal.key);
        writer.write(', ');
      }
      writeElement(writer, literal.value);
      writer.write(' in ');
      writeTerm(writer, literal.collection);
      break;
    case 'every':
      writeEvery(writer, literal, literal.with[0]?.span.start ?? literal.span.end);
      break;
  }
  writeModifiers(writer, conditionEnd(literal), literal.with);
}

/** Where a literal ends without its modifiers. */
function conditionEnd(literal: Literal): number {
  switch (literal.kind) {
    case 'expr':
    case 'not':
      return literal.term.span.end;
    case 'some':
      return literal.names.at(-1)!.span.end;
    case 'someIn':
      return literal.collection.span.end;
    case 'every':
      return literal.with[0]?.span.start ?? literal.span.end;
  }
}

/** Each modifier stays on the line of what stands before it, or on a line of its own, as the author has it. */
function writeModifiers(writer: Writer, start: number, modifiers: readonly With[]): void {
  let end = start;
  writer.indent();
  for (const modifier of modifiers) {
    if (writer.sameLine(end, modifier.span.start)) writer.write(' ');
    else {
      writer.endLine(end);
      writer.startLine(modifier.span);
    }
    writeWith(writer, modifier);
    end = modifier.span.end;
  }
  writer.dedent();
}

function writeWith(writer: Writer, modifier: With): void {
  writer.write('with ');
  writeTerm(writer, modifier.target);
  writer.write(' as ');
  writeTerm(writer, modifier.value);
}

function writeComprehension(
  writer: Writer,
  term: ArrayComprehension | SetComprehension | ObjectComprehension,
): void {
  const [open, close] = term.kind === 'arrayComprehension' ? '[]' : '{}';
  const head = term.kind === 'objectComprehension' ? term.value : term.term;
  writer.write(open!);
  if (term.kind === 'objectComprehension') {
    writeHeadTerm(writer, term.key);
    writer.write(': ');
  }
  writeHeadTerm(writer, head);
  writer.write(' |');
  writeComprehensionBody(writer, term.body, head.span.end, term.span);
  writer.write(close!);
}

/** What stands before `|` must be one term without operators. */
function writeHeadTerm(writer: Writer, term: Term): void {
  writeGrouped(writer, term, term.kind === 'infix' || term.kind === 'membership');
}

function writeComprehensionBody(writer: Writer, body: Body, headEnd: number, span: Span): void {
  const broken = body.literals.some(
    literal => !writer.sameLine(headEnd, literal.span.start) || takesLines(writer, literal),
  );
  if (!broken && !writer.hasComment(span)) {
    writer.write(' ');
    writeLiteralsInline(writer, body.literals);
    return;
  }
  writer.openLine(headEnd, body.literals[0]?.span.start ?? span.end);
  writer.newline();
  writer.indent();
  writeLiteralLines(writer, body.literals);
  writer.writeCommentsBefore(span.end);
  writer.dedent();
  writer.newline();
}

/** Whether a literal is printed on several lines, though it may be written on one. */
function takesLines(writer: Writer, literal: Literal): boolean {
  if (literal.kind !== 'every') return false;
  const { body, collection, span } = literal;
  const closing = literal.with[0]?.span.start ?? span.end;
  return !isOneLine(writer, body, collection.span.end, closing) || takesLines(writer, body.literals[0]!);
}

function writeEvery(writer: Writer, every: EveryLiteral, closing: number): void {
  writer.write('every ');
  if (every.key !== undefined) writer.write(`${every.key.name}, `);
  writer.write(`${every.value.name} in `);
  writeTerm(writer, every.collection);
  writer.write(' ');
  if (isOneLine(writer, every.body, every.collection.span.end, closing)) {
    writeInlineBlock(writer, every.body.literals);
  } else writeBlock(writer, every.body, every.collection.span.end, closing);
}

/** Whether a body is one literal that stands on the line of what opens it, without comments. */
export function isOneLine(writer: Writer, body: Body, opening: number, closing: number): boolean {
  const [first] = body.literals;
  if (body.literals.length !== 1 || !writer.sameLine(opening, first!.span.start)) return false;
  return !writer.hasComment({ start: opening, end: closing });
}
