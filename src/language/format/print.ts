import type { Module, Rule, Statement, Term } from '../../../grammar/index.ts';
import { writeComprehensionBody } from './body.ts';
import { canStandBare, printPackagePath, type RuleStyle, writeImport, writeRule } from './rule.ts';
import { writeStatement } from './statement.ts';
import { writeElement, writeTerm } from './term.ts';
import { Writer } from './writer.ts';

type Item = Rule | Statement;

/**
 * The module as text in the layout of `opa fmt`: tabs, one empty line between rules, one literal a line.
 * With the text it was parsed from, comments, paragraphs and the author's line breaks inside brackets are
 * kept; without it everything inside a rule's brackets stands on one line. Parsing what is printed gives
 * the same tree, spans aside, and printing that gives the same text.
 */
export function printModule(module: Module, text?: string): string {
  const writer = new Writer(writeComprehensionBody, text, module.comments);
  writePackage(writer, module);
  writeImports(writer, module);
  const style = ruleStyle(module);
  module.items.forEach((item, i) => {
    const next = module.items[i + 1];
    const chains = next?.kind === 'rule' && next.chained;
    writeItem(writer, item, style, chains);
    if (chains) writer.write(' ');
    else {
      writer.endLine(item.span.end);
      writer.newline();
      if (next !== undefined && !standTogether(writer, item, next, style)) writer.blankLine();
    }
  });
  writer.writeCommentsBefore(Number.POSITIVE_INFINITY);
  return writer.finish();
}

/** A term on one line, so that it can stand anywhere by itself. */
export function printTerm(term: Term): string {
  const writer = new Writer(writeComprehensionBody);
  if (term.kind === 'membership') writeElement(writer, term);
  else writeTerm(writer, term);
  return writer.finish().trimEnd();
}

function writePackage(writer: Writer, module: Module): void {
  writer.startLine(module.package.span);
  writer.write(`package ${printPackagePath(module.package.path)}`);
  writer.endLine(module.package.span.end);
  writer.blankLine();
}

function writeImports(writer: Writer, module: Module): void {
  for (const node of module.imports) {
    writer.startLine(node.span);
    writeImport(writer, node);
    writer.endLine(node.span.end);
  }
  if (module.imports.length > 0) writer.blankLine();
}

function writeItem(writer: Writer, item: Item, style: RuleStyle, followed: boolean): void {
  if (item.kind !== 'rule' || !item.chained) writer.startLine(item.span);
  if (item.kind === 'rule') writeRule(writer, item, style, followed);
  else writeStatement(writer, item);
}

/** v0 has `if` and `contains` only where they are imported. */
function ruleStyle(module: Module): RuleStyle {
  if (module.version === 'v1') return { if: true, contains: true };
  const imported = new Set(module.imports.map(({ path }) => path.join('.')));
  const all = imported.has('rego.v1') || imported.has('future.keywords');
  return {
    if: all || imported.has('future.keywords.if'),
    contains: all || imported.has('future.keywords.contains'),
  };
}

/** Whether two items of one line each follow each other without an empty line, as the author has them. */
function standTogether(writer: Writer, item: Item, next: Item, style: RuleStyle): boolean {
  if (!writer.hasSource || writer.lines(item.span.end, next.span.start) !== 1) return false;
  return isOneLiner(writer, item, style) && isOneLiner(writer, next, style);
}

function isOneLiner(writer: Writer, item: Item, style: RuleStyle): boolean {
  if (!writer.sameLine(item.span.start, item.span.end)) return false;
  if (item.kind === 'statement') return true;
  if (item.default || item.chained || item.else.length > 0) return false;
  if (item.body === undefined) return true;
  const [first] = item.body.literals;
  return style.if && item.body.literals.length === 1 && canStandBare(first!);
}
