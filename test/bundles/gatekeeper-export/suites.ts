import { SourceFile } from '../../../src/base/index.ts';
import { type ExportTemplateOptions, exportTemplate } from '../../../src/bundles/gatekeeper/export/index.ts';
import { SuiteRunner } from '../../../src/bundles/gatekeeper/index.ts';
import type { PolicySource } from '../../../src/bundles/index.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { opaLibrary } from '../opa/opa.ts';

/** Files by their paths, as a suite names them. */
export type Files = Readonly<Record<string, string>>;

/** An object, and how many violations it must have. */
export interface Expectation {
  readonly name: string;
  readonly object: Json;
  readonly violations: number;
  /** A regular expression that all of these match. */
  readonly message?: string;
}

/** What a policy is exported as; throws why it is not. */
export function templateOf(source: PolicySource, options?: ExportTemplateOptions) {
  const { exported, diagnostics } = exportTemplate(source, opaLibrary, options);
  if (exported === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return exported;
}

/** A suite of an exported policy in a directory of its own, with parameters of the constraint in place of its own. */
export function suiteOf(
  directory: string,
  source: PolicySource,
  expected: readonly Expectation[],
  parameters?: Json,
): Files {
  const { template, constraint } = templateOf(source);
  const given = constraint as { readonly spec: JsonObject } & JsonObject;
  const objects = expected.map(({ object }, i) => [`object-${i}.yaml`, object] as const);
  const cases = expected.map(({ name, violations, message }, i) => ({
    name,
    object: `object-${i}.yaml`,
    assertions: [{ violations, ...(message !== undefined && { message }) }],
  }));
  const files: Readonly<Record<string, Json>> = {
    'template.yaml': template,
    'constraint.yaml':
      parameters === undefined ? constraint : { ...given, spec: { ...given.spec, parameters } },
    'suite.yaml': {
      apiVersion: 'test.gatekeeper.sh/v1alpha1',
      kind: 'Suite',
      tests: [{ name: directory, template: 'template.yaml', constraint: 'constraint.yaml', cases }],
    },
    ...Object.fromEntries(objects),
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [`${directory}/${path}`, JSON.stringify(content)]),
  );
}

/** What this project's runner finds wrong with the suites among files. */
export function problemsOf(files: Files, now: bigint): readonly string[] {
  const find = (path: string) => (path in files ? new SourceFile(path, files[path]!) : undefined);
  const runner = new SuiteRunner(find, { now });
  const suites = Object.keys(files).filter(path => path.endsWith('suite.yaml'));
  return suites.flatMap(path => {
    const { reasons, tests } = runner.run(path);
    const units = tests.flatMap(test => [test, ...test.cases]);
    const failed = units.filter(({ status }) => status !== 'passed');
    return [
      ...reasons,
      ...tests.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message)),
      ...failed.map(each => `${path} ${each.name}: ${JSON.stringify(each)}`),
    ];
  });
}
