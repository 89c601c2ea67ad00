import type {
  ArrayComprehension,
  Call,
  Infix,
  Membership,
  ObjectComprehension,
  ObjectEntry,
  ObjectTerm,
  Ref,
  RefPart,
  SetComprehension,
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

export function writeGrouped(writer: Writer, term: Term, parentheses: boolean): void {
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

/** `left operator right`; `writeLeft` may put the left side between parentheses. */
export function writeInfix(writer: Writer, infix: Infix, writeLeft = writeTerm): void {
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

export function writeWith(writer: Writer, modifier: With): void {
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
  writer.comprehensionBody(writer, term.body, head.span.end, term.span);
  writer.write(close!);
}

/** What stands before `|` must be one term without operators. */
function writeHeadTerm(writer: Writer, term: Term): void {
  writeGrouped(writer, term, term.kind === 'infix' || term.kind === 'membership');
}
