import type {
  Body,
  EveryLiteral,
  Infix,
  InfixOperator,
  Literal,
  Span,
  Term,
  With,
} from '../../../grammar/index.ts';
import { needsParentheses, powerOf } from './precedence.ts';
import { writeElement, writeGrouped, writeInfix, writeTerm, writeWith } from './term.ts';
import type { Writer } from './writer.ts';

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

/**
 * Each modifier stays on the line of what stands before it, or on a line of its own, as the author has it. From the
 * first that has one, they are indented.
 */
function writeModifiers(writer: Writer, start: number, modifiers: readonly With[]): void {
  let end = start;
  let indented = false;
  for (const modifier of modifiers) {
    if (writer.sameLine(end, modifier.span.start)) writer.write(' ');
    else {
      if (!indented) writer.indent();
      indented = true;
      writer.endLine(end);
      writer.startLine(modifier.span);
    }
    writeWith(writer, modifier);
    end = modifier.span.end;
  }
  if (indented) writer.dedent();
}

/** What stands behind the `|` of a comprehension. */
export function writeComprehensionBody(writer: Writer, body: Body, headEnd: number, span: Span): void {
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
