import { problems } from '../problem.ts';
import type { Route } from '../route.ts';
import { accessText } from './access.ts';
import { schemaComponents } from './schemas.ts';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; color: #1c2733; background: #fff }
h1, h2, h3 { line-height: 1.2 } h2 { margin-top: 2.5rem; border-top: 1px solid #d5dce3; padding-top: 1.5rem }
code, pre { font: 0.9em ui-monospace, monospace } pre { background: #f3f5f7; padding: 0.8rem; overflow: auto }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #e4e9ee }
@media (prefers-color-scheme: dark) { body { color: #d7dee6; background: #12181f } pre { background: #1c252f } h2, th, td { border-color: #2c3844 } a { color: #7db7ff } }
`;

/** The reference as one page that needs nothing else: no script, no font, no request. */
export function referencePage(routes: readonly Route[]): string {
  const schemas = Object.entries(schemaComponents());
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pratique: reference</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${style}</style>`,
    '<h1>Pratique</h1><p>Decides, from policy as code, which container images may run. ',
    'The same as <a href="/openapi.json">OpenAPI 3.1</a>.</p>',
    ...routes.map(routeSection),
    '<h2 id="problems">Problems</h2><p>Everything that goes wrong is answered as ',
    '<code>application/problem+json</code> with one of these codes.</p>',
    table(
      ['code', 'status', 'meaning'],
      Object.entries(problems).map(([code, { status, title }]) => [
        `<code id="${escapeHtml(code)}">${escapeHtml(code)}</code>`,
        String(status),
        escapeHtml(title),
      ]),
    ),
    '<h2 id="schemas">Schemas</h2>',
    ...schemas.map(
      ([name, schema]) =>
        `<h3 id="${escapeHtml(name)}">${escapeHtml(name)}</h3><pre>${linked(JSON.stringify(schema, null, 2))}</pre>`,
    ),
    '</html>\n',
  ].join('\n');
}

function routeSection({ method, path, access, operation }: Route): string {
  const { id, summary, description, parameters = [], body = {}, answers } = operation;
  const bodies = Object.entries(body).map(([type, { schema, example }]) => [
    `<code>${escapeHtml(type)}</code>`,
    schemaText(schema) +
      (example === undefined ? '' : `<pre>${escapeHtml(JSON.stringify(example, null, 2))}</pre>`),
  ]);
  const replies = Object.entries(answers).flatMap(([status, answer]) =>
    Object.entries(answer.content).map(([type, schema]) => [
      status,
      `<code>${escapeHtml(type)}</code>`,
      `${escapeHtml(answer.description)} ${schemaText(schema)}`,
    ]),
  );
  return [
    `<h2 id="${escapeHtml(id)}"><code>${method} ${escapeHtml(path)}</code></h2>`,
    `<p><b>${escapeHtml(summary)}.</b> ${escapeHtml(`${description} ${accessText(access)}`)}</p>`,
    table(
      ['query parameter', ''],
      parameters.map(({ name, description: text }) => [`<code>${escapeHtml(name)}</code>`, escapeHtml(text)]),
    ),
    table(['body', ''], bodies),
    table(['status', 'answer', ''], replies),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map(row => line(row, 'td')).join('')}</table>`;
}

function schemaText(schema: Readonly<Record<string, unknown>>): string {
  const { $ref: target, description, type } = schema;
  if (typeof target !== 'string') return escapeHtml(String(description ?? type ?? ''));
  const name = escapeHtml(target.slice(target.lastIndexOf('/') + 1));
  return `<a href="#${name}">${name}</a>`;
}

/** JSON text in which each reference leads to its schema. */
function linked(text: string): string {
  return escapeHtml(text).replace(/&quot;#\/components\/schemas\/(\w+)&quot;/gu, '<a href="#$1">$1</a>');
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/gu, character => entities[character]!);
}
