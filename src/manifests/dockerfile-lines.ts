import { heredocsOf } from './dockerfile-heredoc.ts';
import { firstWord, trimStart } from './dockerfile-space.ts';
import { Unreadable } from './problem.ts';

/** One instruction as it stands, its continuation lines joined. */
export interface InstructionLine {
  /** In upper case. */
  readonly name: string;
  readonly rest: string;
  /** The here-documents that follow it. */
  readonly documents: readonly string[];
  /** 1-based line where it begins. */
  readonly line: number;
  /** Offset of that line. */
  readonly offset: number;
}

export interface DockerfileLines {
  /** The image of the frontend that reads the file, and its line. */
  readonly syntax: { readonly ref: string; readonly line: number } | undefined;
  readonly instructions: readonly InstructionLine[];
  /** The escape character. */
  readonly escapeWith: string;
}

interface TextLine {
  readonly text: string;
  readonly line: number;
  readonly offset: number;
}

type Directives = ReadonlyMap<string, { readonly value: string; readonly line: number }>;

const directive = /^([A-Za-z][A-Za-z0-9]*)[\t\f\r ]*=[\t\f\r ]*([^\t\f\r ].*)$/su;

/**
 * The instructions of a Dockerfile: directives first, comments left out, lines that end in the escape
 * character joined with the next, here-documents beside the instruction that begins them. Throws Unreadable where a here-document does not end
 * and where builders may differ in which lines are instructions.
 */
export function readLines(text: string): DockerfileLines {
  const lines = splitLines(text);
  const directives = readDirectives(lines);
  const escapeWith = directives.get('escape')?.value ?? '\\';
  if (escapeWith !== '\\' && escapeWith !== '`') throw new Unreadable('escape must be \\ or `', 0);
  const instructions: InstructionLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const first = lines[at]!;
    if (isSkipped(first.text)) {
      at++;
      continue;
    }
    const joined = joinLines(lines, at, escapeWith);
    const { next, documents } = readHeredocs(lines, joined.next, joined.text, first.offset);
    at = next;
    instructions.push(instruction(joined.text, documents, first));
  }
  const syntax = directives.get('syntax');
  return { syntax: syntax && { ref: syntax.value, line: syntax.line }, instructions, escapeWith };
}

function splitLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let offset = 0;
  for (const written of text.split('\n')) {
    const bare = offset === 0 && written.startsWith('\ufeff') ? written.slice(1) : written;
    lines.push({ text: withoutReturns(bare), line: lines.length + 1, offset });
    offset += written.length + 1;
  }
  return lines;
}

function withoutReturns(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\r') end--;
  return text.slice(0, end);
}

/** The directives stand before everything else. The first line may begin a script: only the frontend is then sought. */
function readDirectives(lines: readonly TextLine[]): Directives {
  const found = new Map<string, { value: string; line: number }>();
  const isScript = lines[0]?.text.startsWith('#!') ?? false;
  for (const { text, line, offset } of lines.slice(isScript ? 1 : 0)) {
    const bare = trimStart(text);
    const match = bare.startsWith('#') ? directive.exec(trimStart(bare.slice(1))) : null;
    const name = match?.[1]?.toLowerCase();
    if (name === undefined || !['syntax', 'escape', 'check'].includes(name)) break;
    if (found.has(name)) throw new Unreadable(`the directive ${name} is there twice`, offset);
    found.set(name, { value: match![2]!.replace(/[\t\f\r ]+$/u, ''), line });
  }
  if (isScript) found.delete('escape');
  return found;
}

function isSkipped(text: string): boolean {
  const bare = trimStart(text);
  return bare === '' || bare.startsWith('#');
}

/** Comments and empty lines between continued lines do not end the instruction. */
function joinLines(
  lines: readonly TextLine[],
  start: number,
  escapeWith: string,
): { text: string; next: number } {
  const parts: string[] = [];
  let at = start;
  for (; at < lines.length; at++) {
    const text = at === start ? trimStart(lines[at]!.text) : lines[at]!.text;
    if (at > start && isSkipped(text)) continue;
    const end = continuedUntil(text, escapeWith);
    parts.push(text.slice(0, end));
    if (end === undefined) {
      at++;
      break;
    }
  }
  return { text: parts.join(''), next: at };
}

/** Where the escape character stands that continues a line; undefined where none does, as where it is doubled. */
function continuedUntil(text: string, escapeWith: string): number | undefined {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text[end - 1] === escapeWith && text[end - 2] !== escapeWith ? end - 1 : undefined;
}

/** The here-documents that an instruction begins, and the line after them. */
function readHeredocs(lines: readonly TextLine[], start: number, text: string, offset: number) {
  const documents: string[] = [];
  let next = start;
  for (const { name, stripsTabs } of heredocsOf(text, offset)) {
    const end = heredocEnd(lines, next, name, stripsTabs);
    const written = lines.slice(next, end - 1).map(line => line.text);
    documents.push(written.join('\n'));
    next = end;
  }
  return { next, documents };
}

function heredocEnd(lines: readonly TextLine[], start: number, name: string, stripsTabs: boolean): number {
  for (let at = start; at < lines.length; at++) {
    const text = lines[at]!.text;
    if ((stripsTabs ? text.replace(/^\t+/u, '') : text) === name) return at + 1;
  }
  throw new Unreadable(`the here-document ${name} does not end`, lines[start]?.offset ?? 0);
}

function instruction(text: string, documents: readonly string[], first: TextLine): InstructionLine {
  const words = firstWord(text);
  if (words === undefined) throw new Unreadable('an instruction is missing', first.offset);
  const { line, offset } = first;
  return { name: words.word.toUpperCase(), rest: words.rest, documents, line, offset };
}
