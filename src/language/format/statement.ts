import type { BodyClause, Clause, Statement } from '../../../grammar/index.ts';
import { writeBlock, writeInlineBlock, writeLiteral } from './body.ts';
import { canStandBare } from './rule.ts';
import { writeElement } from './term.ts';
import type { Writer } from './writer.ts';

/** One image statement; clauses that the author put on lines of their own stay there. */
export function writeStatement(writer: Writer, statement: Statement): void {
  if (statement.label !== undefined) writer.write(`${statement.label.text}: `);
  writer.write(statement.verb);
  if (statement.count !== undefined) writer.write(` ${statement.count.text}`);
  if (statement.noun !== undefined) writer.write(` ${nounText(statement)}`);
  writeArgumentList(writer, statement.args);
  let end = statement.args.at(-1)?.span.end ?? (statement.nounSpan ?? statement.verbSpan).end;
  let indented = false;
  for (const clause of statement.clauses) {
    if (writer.sameLine(end, clause.span.start)) writer.write(' ');
    else {
      writer.endLine(end);
      if (!indented) writer.indent();
      indented = true;
      writer.startLine(clause.span);
    }
    writeClause(writer, clause);
    end = clause.span.end;
  }
  if (indented) writer.dedent();
}

function nounText({ noun, count }: Statement): string {
  return noun === 'signature' && count !== undefined ? 'signatures' : noun!;
}

function writeArgumentList(writer: Writer, args: Statement['args']): void {
  args.forEach((term, i) => {
    writer.write(i === 0 ? ' ' : ', ');
    writeElement(writer, term);
  });
}

function writeClause(writer: Writer, clause: Clause): void {
  writer.write(clause.word);
  switch (clause.kind) {
    case 'termClause':
      writeArgumentList(writer, [clause.term]);
      break;
    case 'listClause':
      writeArgumentList(writer, clause.terms);
      break;
    case 'bodyClause':
      writeBodyClause(writer, clause);
      break;
  }
}

function writeBodyClause(writer: Writer, { word, wordSpan, span, body }: BodyClause): void {
  const [first] = body.literals;
  const oneLine = body.literals.every(literal => writer.sameLine(wordSpan.end, literal.span.end));
  writer.write(' ');
  if (!oneLine || writer.hasComment(span)) writeBlock(writer, body, wordSpan.end, span.end);
  else if (word !== 'where' && body.literals.length === 1 && canStandBare(first!))
    writeLiteral(writer, first!);
  else {
    writeInlineBlock(writer, body.literals);
  }
}
