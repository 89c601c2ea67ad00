import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cycles, importsOf, reachable, type SourceText, sourceFiles } from './layers.ts';

/** From left to right; a room imports from itself and from what stands to its left. */
const rooms: readonly string[] = [
  'grammar',
  'base',
  'values',
  'images',
  'builtins',
  'language',
  'evaluate',
  'manifests',
  'evidence',
  'decide',
  'bundles',
  'store',
];

/** What stands on everything above, side by side: none imports another. */
const doors = ['api', 'cli', 'playground'];

const files = sourceFiles();

function room(path: string): string {
  if (path.startsWith('grammar/')) return 'grammar';
  return /^src\/([^/]+)\//u.exec(path)?.[1] ?? path;
}

function mayImport(from: string, to: string): boolean {
  if (from === to || from === 'dev' || from === 'src/worker.ts') return true;
  if (from === 'src/index.ts') return to !== 'store' && !doors.includes(to);
  const place = rooms.indexOf(to);
  if (doors.includes(from)) return place !== -1 && (from === 'api' || to !== 'store');
  return place !== -1 && place < rooms.indexOf(from);
}

function complaints(check: (file: SourceText) => readonly string[]): string[] {
  return files.flatMap(file => check(file).map(complaint => `${file.path}: ${complaint}`));
}

describe('the rooms of the house', () => {
  it('are all known', () => {
    const known = new Set<string>([...rooms, ...doors, 'dev', 'src/index.ts', 'src/worker.ts']);
    expect(files.map(file => room(file.path)).filter(name => !known.has(name))).toEqual([]);
  });

  it('import only from their left', () => {
    expect(
      complaints(file =>
        importsOf(file)
          .filter(to => to.startsWith('src/') || to.startsWith('grammar/'))
          .filter(to => !mayImport(room(file.path), room(to)))
          .map(to => `may not import ${to}`),
      ),
    ).toEqual([]);
  });

  it('import nothing that is not there', () => {
    const known = new Set(files.map(file => file.path));
    expect(complaints(file => importsOf(file).filter(to => to.startsWith('src/') && !known.has(to)))).toEqual(
      [],
    );
  });

  it('enter another room through its index', () => {
    expect(
      complaints(file =>
        importsOf(file)
          .filter(to => /^(?:src|grammar)\//u.test(to))
          .filter(to => room(to) !== room(file.path) && !to.endsWith('/index.ts'))
          .filter(to => !declarationsOf(to) && room(file.path) !== 'dev')
          .map(to => `imports ${to} past its index`),
      ),
    ).toEqual([]);
  });

  it('have no cycles of files', () => {
    expect(cycles(files)).toEqual([]);
  });
});

/** The files of `builtins` that `language` may see: what is declared, never what is done. */
function declarationsOf(path: string): boolean {
  return /^src\/builtins\/(?:declarations?|types|.+\.declarations)\.ts$/u.test(path);
}

describe('the reader of imports', () => {
  it('sees every form of import', () => {
    const text = [
      "import a from './a.ts';",
      "import type { B } from '../values/b.ts';",
      "import {\n  c,\n  d,\n} from './c.ts';",
      "export * from './e.ts';",
      "export { f } from './f.ts';",
      "import './g.ts';",
      "const h = await import('./h.ts');",
      "const text = 'from ./i.ts';",
    ].join('\n');
    const file = { path: 'src/base/x.ts', text };
    expect(importsOf(file)).toEqual([
      'src/base/a.ts',
      'src/values/b.ts',
      ...['c', 'e', 'f', 'g', 'h'].map(name => `src/base/${name}.ts`),
    ]);
  });

  it('finds a cycle of what runs', () => {
    const file = (path: string, text: string) => ({ path, text });
    expect(
      cycles([file('a.ts', "import { b } from './b.ts';"), file('b.ts', "import { a } from './a.ts';")]),
    ).toEqual(['a.ts -> b.ts -> a.ts']);
    expect(
      cycles([file('a.ts', "import type { B } from './b.ts';"), file('b.ts', "import './a.ts';")]),
    ).toEqual([]);
  });
});

describe('language', () => {
  it('reaches no implementation of a built-in function', () => {
    const reached = reachable(
      files,
      files.filter(file => room(file.path) === 'language').map(file => file.path),
    );
    const builtins = [...reached].filter(path => room(path) === 'builtins' && !declarationsOf(path));
    expect(builtins).toEqual([]);
  });
});

describe('platform', () => {
  const cloudflare =
    /@cloudflare\/|cloudflare:|\b(?:D1Database|KVNamespace|R2Bucket|DurableObject\w*|ExecutionContext)\b/u;

  it('is named only by store, api and the Worker', () => {
    expect(
      complaints(file => {
        if (['store', 'api', 'src/worker.ts', 'dev'].includes(room(file.path))) return [];
        return cloudflare.test(file.text) ? ['names a Cloudflare type'] : [];
      }),
    ).toEqual([]);
  });

  it('does no I/O left of manifests: no Node module but the hashes, which workerd has too', () => {
    const pure = new Set(rooms.slice(0, rooms.indexOf('manifests')));
    expect(
      complaints(file =>
        pure.has(room(file.path))
          ? importsOf(file).filter(to => to.startsWith('node:') && to !== 'node:crypto')
          : [],
      ),
    ).toEqual([]);
  });
});

describe('files', () => {
  it('have no default export but the Worker', () => {
    expect(
      complaints(file =>
        file.path !== 'src/worker.ts' && /^export default\b/mu.test(file.text) ? ['default export'] : [],
      ),
    ).toEqual([]);
  });

  it('are about 300 lines long at most', () => {
    expect(
      complaints(file => {
        const lines = file.text.split('\n').length - 1;
        return lines > mostLines && !longFiles.has(file.path) ? [`${lines} lines`] : [];
      }),
    ).toEqual([]);
  });

  it('are excused from that only while they are longer', () => {
    const excused = [...longFiles].filter(
      path => readFileSync(path, 'utf8').split('\n').length - 1 <= mostLines,
    );
    expect(excused).toEqual([]);
  });
});

/** About 300. */
const mostLines = 330;

/** One list of one kind of thing each, which would not read better in parts. */
const longFiles = new Set(['grammar/ast.ts']);
