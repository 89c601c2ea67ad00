import type { Plan } from '../../language/index.ts';
import type { Json } from '../../values/index.ts';
import type { LayerContent } from './layer-content.ts';
import { lockableRules, rulesOf } from './locks.ts';

/** What the catalogue says of a version; made at publish of its files, so that reading compiles nothing. */
export interface VersionManifest {
  readonly title?: string;
  readonly description?: string;
  readonly rego: 'v0' | 'v1';
  /** As written: `acme/baseline@stable`. */
  readonly extends: readonly string[];
  /** Full names of rules and `parameters.NAME` that layers above cannot exempt, shadow or set. */
  readonly locked: readonly string[];
  readonly packages: readonly string[];
  readonly rules: readonly RuleEntry[];
  /** JSON schema of `data.parameters`, by name. */
  readonly parameters: Readonly<Record<string, Json>>;
  readonly tests: number;
}

export interface RuleEntry {
  /** `acme.production.deny_tag`. */
  readonly name: string;
  readonly kind: string;
  readonly title?: string;
  readonly severity: 'error' | 'warning';
}

/** What a layer brings itself, with the policies of the library that it joins; not what it stands on. */
export function manifestOf(content: LayerContent, plan: Plan, tests: number): VersionManifest {
  const { set, packages, parameters } = content;
  const rules = ruleEntries(content, plan);
  const locked = set?.locked === 'all' ? lockableRules(content, plan) : (set?.locked ?? []);
  const names = [...new Set(packages.map(({ path }) => path.join('.')))].sort();
  const titled = plan.decisions.find(({ path }) => names.includes(path.join('.')));
  const title = set?.title ?? titled?.title;
  const description = set?.description ?? titled?.description;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    rego: set?.version ?? 'v1',
    extends: set?.bases ?? [],
    locked,
    packages: names,
    rules,
    parameters: Object.fromEntries([...parameters].map(([name, said]) => [name, toSchema(said)])),
    tests,
  };
}

function ruleEntries(content: LayerContent, plan: Plan): readonly RuleEntry[] {
  const own = new Set(rulesOf(content, plan));
  return plan.decisions.flatMap(({ path, rules, title: packageTitle }) =>
    rules.flatMap(({ name: rule, kind, severity, title = packageTitle }) => {
      const name = [...path, rule].join('.');
      return own.has(name) ? [{ name, kind, ...(title !== undefined && { title }), severity }] : [];
    }),
  );
}

/** What is said of a parameter in a sentence describes any value. */
function toSchema(said: Json): Json {
  return typeof said === 'string' ? { description: said } : said;
}
