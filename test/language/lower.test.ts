import { describe, expect, it } from 'vitest';
import { type Module, parseModule, type Span } from '../../grammar/index.ts';
import { SourceFile } from '../../src/base/index.ts';
import { lowerModule, lowerModules } from '../../src/language/lower/index.ts';

function parsed(text: string): { module: Module; source: SourceFile } {
  const { module } = parseModule(text, { version: 'v1', dialect: 'policy' });
  return { module: module!, source: new SourceFile('p.policy', text) };
}

describe('a module without statements', () => {
  it('stays as it is', () => {
    const { module, source } = parsed('package p\n\nallow if input.x\n\ndeny contains "a" if input.y\n');
    expect(lowerModule(module, source)).toEqual({ lowered: { module, statements: [] }, diagnostics: [] });
  });
});

describe('a module with statements', () => {
  const text = [
    'package p',
    '',
    'a := 1',
    '',
    'deny tag "latest", data.tags because sprintf("%s", [image.ref])',
    '',
    'b := 2',
    '',
    'pinned: prefer digest for "ghcr.io" unless input.context.dev',
    '',
    'exempt "redis" from pinned until "2027-01-31" because "x"',
    '',
  ].join('\n');
  const { module, source } = parsed(text);
  const { lowered } = lowerModule(module, source);

  it('says what became of each', () => {
    expect(lowered.statements.map(({ rule, severity, scopeRule }) => [rule, severity, scopeRule])).toEqual([
      ['deny_tag', 'error', '$deny_tag_scope'],
      ['pinned', 'warning', '$pinned_scope'],
      ['exempt', 'error', undefined],
    ]);
  });

  it('keeps the rules of the author where they stand', () => {
    const names = lowered.module.items
      .map(rule => rule.head.ref.name.text)
      .filter(name => !name.startsWith('$'));
    expect(names).toEqual(['a', 'deny_tag', 'b', 'pinned', 'exempt']);
  });

  it('gives generated names to all else, each once', () => {
    const names = lowered.module.items.map(rule => rule.head.ref.name.text);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves every node within its statement', () => {
    const statements = module.items.filter(item => item.kind === 'statement');
    const generated = lowered.module.items.filter(rule => !['a', 'b'].includes(rule.head.ref.name.text));
    for (const rule of generated)
      for (const span of spansOf(rule))
        expect(statements.some(each => each.span.start <= span.start && span.end <= each.span.end)).toBe(
          true,
        );
  });
});

describe('modules of one package', () => {
  it('share names and helpers, in the order given', () => {
    const texts = ['package p\ndeny tag "a"\n', 'package q\ndeny tag "b"\n', 'package p\ndeny tag "c"\n'];
    const { lowered } = lowerModules(texts.map(parsed));
    expect(lowered.map(({ statements }) => statements.map(({ rule }) => rule))).toEqual([
      ['deny_tag'],
      ['deny_tag'],
      ['deny_tag_2'],
    ]);
    const helpers = lowered.map(({ module }) =>
      module.items.filter(rule => rule.head.ref.name.text === '$images'),
    );
    expect(helpers.map(({ length }) => length)).toEqual([1, 1, 0]);
  });
});

function spansOf(node: unknown): Span[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'span' ? [] : spansOf(value)));
  return 'span' in node ? [node.span as Span, ...inner] : inner;
}
