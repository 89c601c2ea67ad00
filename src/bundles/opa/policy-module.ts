import type { PackageDecisions } from '../../language/index.ts';

/**
 * The module that names the rules which decide, with what each of them says: the helper package makes violations of
 * that.
 */
export function policyModule(decisions: readonly PackageDecisions[]): string {
  const rules = decisions.flatMap(({ path, title, rules: list }) =>
    list.map(({ name, kind, severity, title: own = title }) => ({
      ref: reference([...path, name]),
      record: {
        name: [...path, name].join('.'),
        short: name,
        package: path.join('.'),
        kind,
        severity,
        title: own,
      },
    })),
  );
  const records = rules.map(({ record }) => `\t${JSON.stringify(record)},\n`).join('');
  const documents = rules
    .map(({ ref, record }) => `\t${JSON.stringify(record.name)}: [said | said := ${ref}],\n`)
    .join('');
  return `# METADATA
# description: The rules that decide, and what each of them says; an empty list where that is undefined.
package pratique.policy

rules := ${rules.length === 0 ? untyped('[]') : `[\n${records}]`}

documents := ${rules.length === 0 ? untyped('{}') : `{\n${documents}}`}
`;
}

/** What is empty, without saying so to the checker of types, which lets nobody look into what is. */
function untyped(json: string): string {
  return `json.unmarshal(${JSON.stringify(json)})`;
}

function reference(path: readonly string[]): string {
  const parts = path.map(part => (/^[A-Za-z_]\w*$/u.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`));
  return `data${parts.join('')}`;
}
