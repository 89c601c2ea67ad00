import { type Module, parseModule } from '../../../grammar/index.ts';
import { printable, type SourceFile } from '../../base/index.ts';
import { syntaxDiagnostic } from '../../language/index.ts';
import { rulesVersion, versionOptions } from '../checking.ts';
import type { Command, Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import { type Arguments, choice, type Option } from '../options.ts';
import { readSources, toPolicyFile } from '../sources.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['json', 'pretty'] as const;

const options: readonly Option[] = [
  { name: 'format', short: 'f', value: 'FORMAT', help: `${formats.join(', ')}; json if not given` },
  ...versionOptions,
];

export const parseCommand: Command = {
  name: 'parse',
  summary: 'Prints the syntax tree of a policy.',
  usage: '[options] FILE',
  options,
  notes: [
    'FILE may be - for the standard input. In JSON each node has its kind and its span, two offsets into the text; in',
    'the pretty format a line each, with line and column.',
    '',
    'Exit code: 0 parsed, 1 syntax errors, 2 nothing could be read.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  const format = choice(args, 'format', formats);
  const [path, ...others] = args.positionals;
  if (path === undefined || others.length > 0)
    throw new UsageError('one file is needed', 'name a file, or -');
  const [source, ...more] = readSources(path);
  if (source === undefined || more.length > 0) throw new UsageError(`${path} is a directory`);
  const { version, dialect = 'policy' } = toPolicyFile(source, rulesVersion(args));
  const { module, problems } = parseModule(source.text, {
    dialect,
    ...(version !== undefined && { version }),
  });
  complain(
    problems.map(problem => syntaxDiagnostic(source, problem)),
    output,
  );
  if (module === undefined) return 1;
  output.out(format === 'json' ? `${JSON.stringify(module, null, 2)}\n` : treeText(module, source));
  return 0;
}

/** A line for each node: its kind, its scalars, and where it begins. */
function treeText(module: Module, source: SourceFile): string {
  const lines: string[] = [];
  visit(module, 0, '');
  return `${lines.join('\n')}\n`;

  function visit(node: unknown, depth: number, label: string): void {
    if (Array.isArray(node)) for (const item of node) visit(item, depth, label);
    if (!isNode(node)) return;
    const fields = Object.entries(node).filter(([key]) => key !== 'kind' && !/span$/iu.test(key));
    const scalars = fields.flatMap(([key, value]) =>
      isPlain(value) ? [` ${key}=${JSON.stringify(value)}`] : [],
    );
    const { line, column } = source.position(node.span.start);
    const kind = node.kind ?? 'comment';
    lines.push(printable(`${'  '.repeat(depth)}${label}${kind}${scalars.join('')}  ${line}:${column}`));
    for (const [key, value] of fields) if (!isPlain(value)) visit(value, depth + 1, `${key}: `);
  }
}

interface Node {
  readonly kind?: string;
  readonly span: { readonly start: number };
}

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && 'span' in value;
}

/** Scalars, and lists of them such as the path of an import. */
function isPlain(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0 && value.every(isPlain)
    : value === null || typeof value !== 'object';
}
