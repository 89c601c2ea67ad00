import type { Body, Else, Head, Import, Literal, Rule } from '../../../grammar/index.ts';
import { isOneLine, writeBlock, writeLiteral } from './body.ts';
import { beginsWithBrace } from './precedence.ts';
import { printString } from './strings.ts';
import { writeArguments, writePart, writeTerm } from './term.ts';
import type { Writer } from './writer.ts';

/** How bodies and partial sets are written: `p contains x if { … }`, or as v0 has it, `p[x] { … }`. */
export interface RuleStyle {
  readonly if: boolean;
  readonly contains: boolean;
}

/** A rule. One that is chained is its body alone; what is `followed` by such a one has its body in braces. */
export function writeRule(writer: Writer, rule: Rule, module: RuleStyle, followed: boolean): void {
  const style = styleOf(rule, module);
  const end = rule.else[0]?.span.start ?? rule.span.end;
  if (rule.chained) writeBlock(writer, rule.body!, rule.body!.span.start, end);
  else {
    if (rule.default) writer.write('default ');
    writeHead(writer, rule.head, style);
    const { body, head } = rule;
    if (body !== undefined)
      writeBody(writer, body, { opening: head.span.end, closing: end }, style, followed);
  }
  rule.else.forEach((branch, i) => {
    if (writer.endsWithBrace) writer.write(' ');
    else writer.blankLine();
    writeElse(writer, branch, rule.else[i + 1]?.span.start ?? rule.span.end, style);
  });
}

/** `p[x] if { … }` would be an object: a set without `contains` is written without `if`. */
function styleOf({ head }: Rule, style: RuleStyle): RuleStyle {
  return head.key !== undefined && !style.contains ? { ...style, if: false } : style;
}

/** `import data.lib as name`. */
export function writeImport(writer: Writer, node: Import): void {
  const [head, ...rest] = node.path;
  const parts = rest.map(part =>
    isIdentifier(part) ? `.${part}` : `[${printString({ value: part, raw: false })}]`,
  );
  const alias = node.alias === undefined ? '' : ` as ${node.alias.text}`;
  writer.write(`import ${head}${parts.join('')}${alias}`);
}

/** The path of a package, `data` left out. */
export function printPackagePath(path: readonly string[]): string {
  return path
    .map((part, i) => {
      if (i > 0 && isIdentifier(part)) return `.${part}`;
      return i === 0 ? part : `[${printString({ value: part, raw: false })}]`;
    })
    .join('');
}

function writeHead(writer: Writer, head: Head, style: RuleStyle): void {
  writer.write(head.ref.name.text);
  for (const part of head.ref.path) writePart(writer, part);
  if (head.args !== undefined) writeArguments(writer, head.ref.span.end, argumentsEnd(head), head.args);
  if (head.key !== undefined) writeKey(writer, head.key, style);
  if (head.value !== undefined) {
    writer.write(` ${head.assign ?? ':='} `);
    writeTerm(writer, head.value);
  }
}

function argumentsEnd(head: Head): number {
  return head.value === undefined ? head.span.end : head.value.span.start;
}

function writeKey(writer: Writer, key: NonNullable<Head['key']>, style: RuleStyle): void {
  writer.write(style.contains ? ' contains ' : '[');
  writeTerm(writer, key);
  if (!style.contains) writer.write(']');
}

function writeElse(writer: Writer, branch: Else, closing: number, style: RuleStyle): void {
  writer.write('else');
  let opening = branch.span.start;
  if (branch.value !== undefined) {
    writer.write(` ${branch.assign ?? ':='} `);
    writeTerm(writer, branch.value);
    opening = branch.value.span.end;
  }
  if (branch.body !== undefined) writeBody(writer, branch.body, { opening, closing }, style, false);
}

function writeBody(
  writer: Writer,
  body: Body,
  { opening, closing }: { readonly opening: number; readonly closing: number },
  style: RuleStyle,
  block: boolean,
): void {
  writer.write(style.if ? ' if ' : ' ');
  const [first] = body.literals;
  const bare = style.if && !block && isOneLine(writer, body, opening, closing) && canStandBare(first!);
  if (bare) writeLiteral(writer, first!);
  else writeBlock(writer, body, opening, closing);
}

/** Whether a literal can follow `if` without braces. */
export function canStandBare(literal: Literal): boolean {
  return literal.kind !== 'expr' || !beginsWithBrace(literal.term);
}

function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}
