import type { TextFile } from '../bundles/index.ts';

/** A rule that is about to be written. */
export interface NewRule {
  /** `no-latest`, or `tags/no-latest`. */
  readonly path: string;
  /** The parts of its package: `tags`, `no_latest`. */
  readonly package: readonly string[];
}

/**
 * The files of a folder for a rule, by paths inside it: a policy that denies something, tests that pass, whole
 * decisions, and a page with the headings that pages of policies have. All are there to be changed.
 */
export function ruleFiles(rule: NewRule): readonly TextFile[] {
  const name = rule.package.at(-1)!.replaceAll('_', '-');
  return [
    { path: `${name}.policy`, text: policyText(rule) },
    { path: `${name}_test.rego`, text: testText(rule) },
    { path: 'cases.yaml', text: casesText(rule) },
    { path: 'README.md', text: readmeText(name) },
  ];
}

function policyText({ package: path }: NewRule): string {
  const name = path.at(-1)!.replaceAll('_', ' ');
  const [category] = path.length > 1 ? path : [];
  return [
    '# METADATA',
    `# title: ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    '# description: Images are not pulled by the tag latest.',
    '# custom:',
    ...(category === undefined ? [] : [`#   category: ${category.replaceAll('_', '-')}`]),
    '#   severity: medium',
    `package ${path.join('.')}`,
    '',
    'deny tag "latest"',
    '\tbecause "it names another image tomorrow"',
    '',
  ].join('\n');
}

function testText({ package: path }: NewRule): string {
  const name = path.at(-1)!;
  return [
    `package ${path.join('.')}_test`,
    '',
    `import data.${path.join('.')}`,
    '',
    'tagged(tag) := {"ref": sprintf("nginx:%s", [tag]), "tag": tag}',
    '',
    'test_a_version_is_allowed if {',
    `\tcount(${name}.deny_tag) == 0 with input.images as [tagged("1.29.3")]`,
    '}',
    '',
    'test_latest_is_denied if {',
    `\tsome violation in ${name}.deny_tag with input.images as [tagged("1.29.3"), tagged("latest")]`,
    '\tviolation.image == 1',
    '}',
    '',
  ].join('\n');
}

function casesText({ package: path }: NewRule): string {
  return `cases:
  - name: a version is allowed
    images: [nginx:1.29.3]
    decision: allow

  - name: no tag is latest
    manifests: |
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers: [{name: web, image: nginx}]
    decision: deny
    violations: [${path.join('.')}.deny_tag]
`;
}

function readmeText(name: string): string {
  return `# ${name}

Images are not pulled by the tag \`latest\`.

**Avoid**

\`\`\`yaml
image: nginx:latest
\`\`\`

**Prefer**

\`\`\`yaml
image: nginx:1.29.3
\`\`\`

## Why

It names another image tomorrow.

## Parameters

None.
`;
}
