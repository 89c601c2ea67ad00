import type { ISerializedGast } from 'chevrotain';
import { RegoParser } from './parser.ts';
import { box, choice, type Figure, loop, optional, sequence, sketch } from './railroad.ts';

/** The page of railroad diagrams of the whole grammar; nothing in it is loaded from elsewhere. */
export function diagrams(): string {
  const rules: readonly Production[] = inOrder(new RegoParser().getSerializedGastProductions());
  const links = rules.map(({ name }) => `<a href="#${name}">${name}</a>`);
  return page(`<nav>${links.join(' ')}</nav>\n${rules.map(rule => section(rule)).join('\n')}`);
}

/** From the module downwards, each rule after the first that mentions it. */
function inOrder(rules: readonly Production[]): Production[] {
  const byName = new Map(rules.map(rule => [rule.name, rule]));
  const found = new Set<Production>();
  const visit = (production: Production): void => {
    if (production.type === 'NonTerminal') reach(production.name);
    for (const part of production.definition ?? []) visit(part);
  };
  const reach = (name: string | undefined): void => {
    const rule = byName.get(name);
    if (rule === undefined || found.has(rule)) return;
    found.add(rule);
    visit(rule);
  };
  for (const name of ['module', ...byName.keys()]) reach(name);
  return [...found];
}

type Production = ISerializedGast & {
  readonly name?: string;
  readonly label?: string;
  readonly definition?: readonly Production[];
  readonly separator?: Production;
};

function section(rule: Production): string {
  const name = rule.name ?? '';
  return `<section id="${name}"><h2>${name}</h2>${sketch(sequence(figures(rule)))}</section>`;
}

const figures = (production: Production): Figure[] => (production.definition ?? []).map(figure);

/** Alternatives that are drawn alike once. */
function distinct(productions: readonly Production[]): readonly Production[] {
  return [...new Map(productions.map(each => [figure(each).draw(0, 0), each])).values()];
}

function figure(production: Production): Figure {
  switch (production.type) {
    case 'Terminal':
      return box((production.label ?? production.name ?? '').replaceAll('`', ''), undefined);
    case 'NonTerminal':
      return box(production.name ?? '', `#${production.name}`);
    case 'Alternation':
      return choice(distinct(production.definition ?? []).map(figure));
    case 'Option':
      return optional(sequence(figures(production)));
    case 'Repetition':
      return optional(loop(sequence(figures(production))));
    case 'RepetitionMandatory':
      return loop(sequence(figures(production)));
    case 'RepetitionWithSeparator':
      return optional(loop(sequence(figures(production)), figure(production.separator!)));
    case 'RepetitionMandatoryWithSeparator':
      return loop(sequence(figures(production)), figure(production.separator!));
    default:
      return sequence(figures(production));
  }
}

const page = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Grammar</title>
<style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #1c2733; background: #fff; }
nav { max-width: 60rem; line-height: 1.9; }
nav a { margin-right: 0.6rem; color: #0b5394; font: 12px ui-monospace, monospace; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
svg { display: block; overflow: visible; }
path { fill: none; stroke: #5b6b7b; }
rect { fill: #eef3f8; stroke: #5b6b7b; }
a rect { fill: #fff7e0; }
text { font: 12px ui-monospace, monospace; text-anchor: middle; fill: #1c2733; }
a { text-decoration: none; }
</style>
</head>
<body>
<h1>Grammar</h1>
<p>Drawn from the parser by <code>grammar/diagrams.ts</code>; <code>rego.ebnf</code> has the same in text.</p>
${body}
</body>
</html>
`;

if (import.meta.main) console.log(diagrams().trimEnd());
