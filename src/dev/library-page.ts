import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { libraryPaths } from './library-index.ts';
import { type PolicyMetadata, policyMetadata } from './library-metadata.ts';

/** Where the page stands, from the project's root. */
export const pagePath = 'docs/policies.md';

/** A policy of the library, as the page shows it. */
export interface PageEntry extends PolicyMetadata {
  /** Inside `policies/`: `tags/no-latest-tag`. */
  readonly folder: string;
  /** What a set joins. */
  readonly policies: readonly string[];
}

const titles: readonly (readonly [category: string, title: string])[] = [
  ['sets', 'Sets'],
  ['registries', 'Registries'],
  ['tags', 'Tags'],
  ['digests', 'Digests'],
  ['signatures', 'Signatures'],
  ['provenance', 'Provenance'],
  ['scans', 'Scans'],
  ['sboms', 'Bills of materials'],
  ['base', 'Base images'],
  ['build', 'Builds'],
  ['credentials', 'Credentials'],
];

/** The policies of `policies/`, by their folders, sorted. */
export function readLibrary(): readonly PageEntry[] {
  const folders = libraryPaths()
    .filter(path => path.includes('/') && !path.startsWith('lib/'))
    .map(path => path.slice(0, path.lastIndexOf('/')));
  return [...new Set(folders)].map(readEntry);
}

/** The page, in Markdown; throws where a policy is of no category that it knows. */
export function renderPage(entries: readonly PageEntry[]): string {
  const lost = entries.find(({ folder }) => !titles.some(([category]) => folder.startsWith(`${category}/`)));
  if (lost !== undefined) throw new Error(`policies/${lost.folder}: no category of ${pagePath}`);
  return [
    '<!-- Made by `npm run library` from the METADATA of policies/; a test holds it against them. -->',
    '',
    '# The policies that come along',
    '',
    'Each is used by its name: `pratique eval --policy look-alikes deployment.yaml`, `?policy=look-alikes`. How one is built,',
    'and what all have in common, is in [policies/README.md](../policies/README.md).',
    '',
    ...titles.flatMap(([category, title]) => section(title, entries, category)),
    ...controlsSection(entries),
  ].join('\n');
}

function readEntry(folder: string): PageEntry {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const [rules, set] = [`policies/${folder}/${name}.policy`, `policies/${folder}/policy.yaml`].map(textOf);
  const joined = (set === undefined ? {} : load(set)) as Partial<PageEntry>;
  const { title = '', description = '', policies = [] } = joined;
  const none = { title, description, category: 'sets', severity: '', parameters: {}, controls: {} };
  const said = rules === undefined ? none : (policyMetadata(rules) ?? none);
  return { ...said, folder, policies, ...(description !== '' && { description }) };
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function section(title: string, entries: readonly PageEntry[], category: string): readonly string[] {
  const own = entries.filter(({ folder }) => folder.startsWith(`${category}/`));
  if (own.length === 0) return [];
  return [`## ${title}`, '', ...own.flatMap(entryText)];
}

function entryText({ folder, description, severity, policies, parameters }: PageEntry): readonly string[] {
  const rows = Object.entries(parameters).map(([name, what]) => `| \`${name}\` | ${cell(what)} |`);
  const facts = [
    ...(severity === '' ? [] : [`Severity ${severity}.`]),
    ...(policies.length === 0 ? [] : [`Joins ${policies.map(name => `\`${name}\``).join(', ')}.`]),
  ];
  return [
    `### [${nameOf(folder)}](../policies/${folder}/README.md)`,
    '',
    [description, ...facts].join(' '),
    '',
    ...(rows.length === 0 ? [] : ['| `data.parameters` | what |', '|---|---|', ...rows, '']),
  ];
}

function controlsSection(entries: readonly PageEntry[]): readonly string[] {
  const served = entries.flatMap(({ folder, controls }) =>
    Object.entries(controls).map(([item, title]) => ({ item, title, folder })),
  );
  const items = [...Map.groupBy(served, ({ item }) => item)].sort(([a], [b]) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const rows = items.map(([item, uses]) => {
    const links = uses.map(({ folder }) => `[${nameOf(folder)}](../policies/${folder}/README.md)`);
    return `| ${item} | ${cell(uses[0]!.title)} | ${links.join(', ')} |`;
  });
  return [
    '## Published guidance that they serve',
    '',
    'Items to which a policy contributes; none of them is met by a policy alone.',
    '',
    '| item | title | policies |',
    '|---|---|---|',
    ...rows,
    '',
  ];
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
