import type { Else, Head, Import, Module, Rule } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';
import type { Value } from '../../values/index.ts';
import { encodeBase64 } from '../base64.ts';
import { bytesOf } from '../bytes.ts';
import { node, TermWriter, trueTerm, variable } from './terms.ts';

/** A module as OPA's syntax tree becomes JSON. */
export function moduleValue(module: Module, source: SourceFile): Value {
  const writer = new TermWriter(wildcardsIn(module));
  const rules = module.items.filter(item => item.kind === 'rule');
  const path = [variable('data'), ...module.package.path.map(text)];
  return node({
    package: node({ path }),
    imports: orNone(module.imports.map(importValue)),
    rules: orNone(rules.map(rule => ruleValue(writer, rule))),
    comments: orNone(module.comments.map(comment => commentValue(source, comment))),
  });
}

function orNone(items: readonly Value[]): Value | undefined {
  return items.length === 0 ? undefined : items;
}

function text(value: string): Value {
  return node({ type: 'string', value });
}

function importValue({ path: [head, ...rest], alias }: Import): Value {
  const path = node({ type: 'ref', value: [variable(head!), ...rest.map(text)] });
  return node({ path, alias: alias?.text });
}

function commentValue(source: SourceFile, { span, text: written }: Module['comments'][number]): Value {
  const { line, column } = source.position(span.start);
  const Location = node({ file: source.path, row: line, col: column });
  return node({ Text: encodeBase64(bytesOf(written.replace(/^#/u, ''))), Location });
}

function ruleValue(writer: TermWriter, rule: Rule): Value {
  return node({
    default: rule.default || undefined,
    head: headValue(writer, rule.head),
    body: writer.body(rule.body),
    else: elseValue(writer, rule.head, rule.else),
  });
}

function headValue(writer: TermWriter, head: Head): Value {
  const ref = [variable(head.ref.name.text), ...writer.path(head.ref.path)];
  const last = head.ref.path.at(-1);
  const isEntry =
    head.key === undefined && ref.length === 2 && (last?.kind === 'bracket' || head.value !== undefined);
  const key = head.key ? writer.term(head.key) : isEntry ? ref[1] : undefined;
  const isNamed = ref.length === 1 || (isEntry && head.value !== undefined);
  const value = head.value ? writer.term(head.value) : head.key ? undefined : trueTerm;
  return node({
    name: isNamed ? head.ref.name.text : undefined,
    ref,
    args: head.args?.map(argument => writer.term(argument)),
    key,
    value,
    assign: head.assign === ':=' || undefined,
  });
}

/** An else is a rule of the same head, the next one inside it. */
function elseValue(writer: TermWriter, head: Head, [first, ...rest]: readonly Else[]): Value | undefined {
  if (first === undefined) return undefined;
  return node({
    head: node({
      name: head.ref.path.length === 0 ? head.ref.name.text : undefined,
      ref: [variable(head.ref.name.text), ...writer.path(head.ref.path)],
      args: head.args?.map(argument => writer.term(argument)),
      value: first.value ? writer.term(first.value) : trueTerm,
      assign: first.assign === ':=' || undefined,
    }),
    body: writer.body(first.body),
    else: elseValue(writer, head, rest),
  });
}

/** The places of the variables `_`. */
function wildcardsIn(part: unknown): readonly number[] {
  if (typeof part !== 'object' || part === null) return [];
  if ('kind' in part && part.kind === 'var' && 'name' in part && part.name === '_' && 'span' in part)
    return [(part.span as { start: number }).start];
  return Object.values(part).flatMap(wildcardsIn);
}
