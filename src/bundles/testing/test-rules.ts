import type { Module, Rule } from '../../../grammar/index.ts';

const TEST = 'test_';
const SKIPPED = 'todo_test_';

/** A rule that is a test. */
export interface TestRule {
  readonly rule: Rule;
  /** Index of its module. */
  readonly module: number;
  readonly package: readonly string[];
  /** Below the package, up to the part that names the test: `["sub", "test_deep"]`. */
  readonly path: readonly string[];
  /** `cases` makes an object of cases by name; `function` cannot be run. */
  readonly kind: 'value' | 'cases' | 'function';
  /** Its name begins with `todo_`. */
  readonly skipped: boolean;
}

/**
 * The modules with the tests of one name told apart, and the tests in order. The second rule of the name
 * `test_a` in a package, wherever it stands, becomes `test_a#01`, as under `opa test`, so that each is run
 * alone and what else refers to the name sees the first.
 */
export function separateTests(modules: readonly Module[]): {
  readonly modules: readonly Module[];
  readonly tests: readonly TestRule[];
} {
  const counts = new Map<string, number>();
  const tests: TestRule[] = [];
  const separated = modules.map((module, index) => {
    const items = module.items.map(item => {
      const path = item.kind === 'rule' ? testPath(item) : undefined;
      if (item.kind !== 'rule' || path === undefined) return item;
      const skipped = path.at(-1)!.startsWith(SKIPPED);
      const rule = skipped ? item : renamed(item, path, counts, module.package.path);
      tests.push({
        rule,
        module: index,
        package: module.package.path,
        path: staticParts(rule).slice(0, path.length),
        kind: kindOf(rule),
        skipped,
      });
      return rule;
    });
    return { ...module, items };
  });
  return { modules: separated, tests };
}

/** The reference's parts up to the first that is named as a test; undefined where none is. */
function testPath(rule: Rule): readonly string[] | undefined {
  const parts = staticParts(rule);
  const at = parts.findIndex(part => part.startsWith(TEST) || part.startsWith(SKIPPED));
  return at < 0 ? undefined : parts.slice(0, at + 1);
}

/** The leading parts of a head that are constant strings. */
function staticParts({ head: { ref } }: Rule): readonly string[] {
  const parts = [ref.name.text];
  for (const part of ref.path) {
    if (part.kind === 'dot') parts.push(part.name);
    else if (part.term.kind === 'string') parts.push(part.term.value);
    else break;
  }
  return parts;
}

function renamed(
  rule: Rule,
  path: readonly string[],
  counts: Map<string, number>,
  packagePath: readonly string[],
): Rule {
  const key = JSON.stringify([packagePath, path]);
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  if (count === 0) return rule;
  const name = `${path.at(-1)!}#${String(count).padStart(2, '0')}`;
  const { ref } = rule.head;
  const at = path.length - 2;
  const next =
    at < 0
      ? { ...ref, name: { ...ref.name, text: name } }
      : { ...ref, path: ref.path.with(at, { kind: 'dot', span: ref.path[at]!.span, name }) };
  return { ...rule, head: { ...rule.head, ref: next } };
}

function kindOf({ head: { args, key, ref } }: Rule): TestRule['kind'] {
  if (args !== undefined) return 'function';
  const dynamic = ref.path.some(
    part =>
      part.kind === 'bracket' && !['string', 'number', 'boolean', 'null', 'array'].includes(part.term.kind),
  );
  return dynamic && key === undefined ? 'cases' : 'value';
}
