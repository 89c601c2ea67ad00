import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { PolicyLibrary, readLibraryPolicy, readPolicy, type TextFile } from '../../src/bundles/index.ts';

const texts: readonly TextFile[] = readdirSync('policies', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => `${entry.parentPath}/${entry.name}`)
  .map(path => ({ path: path.replace(/^policies\//, ''), text: readFileSync(path, 'utf8') }));
const library = new PolicyLibrary(texts);

function problemsOf(name: string, parameters: unknown): string[] {
  const data = [new SourceFile('data.json', JSON.stringify({ parameters }))];
  const { policy, problems } = readLibraryPolicy(name, library, { data })!;
  expect(policy === undefined).toBe(problems.length > 0);
  return problems.map(({ message, hint, source }) => `${source.path}: ${message}; ${hint}`);
}

describe('parameters of library policies', () => {
  it('an unknown name is an error in every policy and set', () => {
    for (const name of library.names)
      expect(problemsOf(name, { nobody_reads_this: [] })).toEqual([
        expect.stringContaining(
          'data.json: data.parameters.nobody_reads_this is unknown: no policy reads it',
        ),
      ]);
  });

  it('says what may have been meant, and what there is', () => {
    expect(problemsOf('production', { signature_authority: { key: 'x' } })).toEqual([
      'data.json: data.parameters.signature_authority is unknown: no policy reads it; did you mean ' +
        'signature_authorities? there are allowed_registries, disallowed_tags, signature_authorities, ' +
        'signed_repositories, unpinned_environments',
    ]);
  });

  it.each([[[]], [[{ signature_authorities: {} }]], ['x'], [null], [1]])('refuses %j', parameters => {
    for (const name of library.names) {
      const [problem, ...more] = problemsOf(name, parameters);
      expect(problem).toContain('data.parameters must be an object, found');
      expect(more).toEqual([]);
    }
  });

  it('takes those of its parts, and those of other policies that share the data', () => {
    expect(problemsOf('production', { disallowed_tags: ['latest'], signed_repositories: ['**'] })).toEqual(
      [],
    );
    expect(problemsOf('require-digest', { allowed_registries: ['ghcr.io'] })).toEqual([]);
  });

  it('has no key that is special', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const parameters = JSON.parse(`{"${key}": []}`) as unknown;
      expect(problemsOf('require-digest', parameters)).toHaveLength(1);
    }
  });
});

describe('parameters of a policy of one’s own', () => {
  const text =
    '# METADATA\n# custom:\n#   parameters:\n#     team: who\npackage a\n\ndeny tag data.parameters.team';
  const data = (parameters: unknown) => [new SourceFile('d.json', JSON.stringify({ parameters }))];
  const wrong = (own: string, parameters: unknown, shared: readonly string[] = []) =>
    readPolicy('x', [{ path: 'a.policy', text: own }], { data: data(parameters), parameters: shared })
      .problems.length;

  it('are checked where METADATA names them', () => {
    expect(wrong(text, { team: 'a' })).toBe(0);
    expect(wrong(text, { teem: 'a' })).toBe(1);
    expect(wrong(text, { teem: 'a' }, ['teem'])).toBe(0);
  });

  it('are free where it does not', () => {
    expect(wrong('package a\n\ndeny tag "latest"', { anything: 1 })).toBe(0);
  });
});
