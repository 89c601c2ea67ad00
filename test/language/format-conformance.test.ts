import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModule } from '../../grammar/index.ts';
import { printModule } from '../../src/language/format/index.ts';
import { shapeOf } from './trees.ts';

const suite = '../shared/rego-conformance';

interface Cases {
  readonly cases: readonly { readonly modules?: readonly string[] | null }[] | null;
}

function modules(version: string): string[] {
  const root = join(suite, version);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.json'),
  );
  const texts = files.flatMap(file => {
    const { cases } = JSON.parse(readFileSync(join(root, file), 'utf8')) as Cases;
    return (cases ?? []).flatMap(each => each.modules ?? []);
  });
  return [...new Set(texts)];
}

function shape(text: string, version: 'v0' | 'v1'): unknown {
  const { module, problems } = parseModule(text, { version, dialect: 'rego' });
  return problems.length > 0 ? { problems: problems.map(({ message }) => message), text } : shapeOf(module);
}

describe.skipIf(!existsSync(suite))(
  'the modules of the conformance suite (skipped without ../shared)',
  () => {
    it.each(['v1', 'v0'] as const)('print to text that parses to the same tree, %s', version => {
      const texts = modules(version).filter(
        text => parseModule(text, { version, dialect: 'rego' }).problems.length === 0,
      );
      expect(texts.length).toBeGreaterThan(500);
      for (const text of texts) {
        const { module } = parseModule(text, { version, dialect: 'rego' });
        const printed = printModule(module!, text);
        expect(shape(printed, version), printed).toEqual(shape(text, version));
        expect(shape(printModule(module!), version), text).toEqual(shape(text, version));
      }
    });

    it.each(['v1', 'v0'] as const)('print to text that prints to itself, comments and all, %s', version => {
      for (const text of modules(version)) {
        const parsed = parseModule(text, { version, dialect: 'rego' });
        if (parsed.problems.length > 0) continue;
        const printed = printModule(parsed.module!, text);
        const again = parseModule(printed, { version, dialect: 'rego' });
        expect(again.module!.comments.map(comment => comment.text.trimEnd())).toEqual(
          parsed.module!.comments.map(comment => comment.text.trimEnd()),
        );
        expect(printModule(again.module!, printed)).toBe(printed);
      }
    });
  },
);
