import { Unreadable } from './problem.ts';

/** One instruction as it stands, its continuation lines joined. */
export interface InstructionLine {
  /** In upper case. */
  readonly name: string;
  readonly rest: string;
  /** 1-based line where it begins. */
  readonly line: number;
  /** Offset of that line. */
  readonly offset: number;
}

export interface DockerfileLines {
  /** The image of the frontend that reads the file, and its line. */
  readonly syntax: { readonly ref: string; readonly line: number } | undefined;
  readonly instructions: readonly InstructionLine[];
}

interface TextLine {
  readonly text: string;
  readonly line: number;
  readonly offset: number;
}

const directive = /^#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(\S.*)$/u;
const takesHeredoc = /^(?:ONBUILD[ \t]+)?(?:RUN|COPY|ADD)[ \t]/iu;
const heredoc = /^\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2$/u;

/**
 * The instructions of a Dockerfile: directives first, comments left out, lines that end in the escape
 * character joined with the next, here-documents skipped. Throws Unreadable where a here-document does not end.
 */
export function readLines(text: string): DockerfileLines {
  const lines = splitLines(text);
  const directives = readDirectives(lines);
  const escapeWith = directives.get('escape')?.value ?? '\\';
  if (escapeWith !== '\\' && escapeWith !== '`') throw new Unreadable('escape must be \\ or `', 0);
  const continued = escapeWith === '`' ? /`[ \t]*$/u : /\\[ \t]*$/u;
  const instructions: InstructionLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const first = lines[at]!;
    if (isSkipped(first.text)) {
      at++;
      continue;
    }
    const joined = joinLines(lines, at, continued);
    at = skipHeredocs(lines, joined.next, joined.text, escapeWith);
    instructions.push(instruction(joined.text, first));
  }
  const syntax = directives.get('syntax');
  return { syntax: syntax && { ref: syntax.value, line: syntax.line }, instructions };
}

function splitLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let offset = 0;
  for (const written of text.split('\n')) {
    const bare = offset === 0 && written.startsWith('\ufeff') ? written.slice(1) : written;
    lines.push({ text: bare.endsWith('\r') ? bare.slice(0, -1) : bare, line: lines.length + 1, offset });
    offset += written.length + 1;
  }
  return lines;
}

/** The directives stand before everything else; the first line may be one that starts a script. */
function readDirectives(lines: readonly TextLine[]): Map<string, { value: string; line: number }> {
  const found = new Map<string, { value: string; line: number }>();
  const start = lines[0]?.text.startsWith('#!') ? 1 : 0;
  for (const { text, line } of lines.slice(start)) {
    const match = directive.exec(text.trim());
    const name = match?.[1]?.toLowerCase();
    if (name === undefined || !['syntax', 'escape', 'check'].includes(name)) break;
    found.set(name, { value: match![2]!, line });
  }
  return found;
}

function isSkipped(text: string): boolean {
  const bare = text.trimStart();
  return bare === '' || bare.startsWith('#');
}

/** Comments and empty lines between continued lines do not end the instruction. */
function joinLines(
  lines: readonly TextLine[],
  start: number,
  continued: RegExp,
): { text: string; next: number } {
  const parts: string[] = [];
  let at = start;
  for (; at < lines.length; at++) {
    const text = lines[at]!.text;
    if (at > start && isSkipped(text)) continue;
    if (!continued.test(text)) {
      parts.push(text);
      at++;
      break;
    }
    parts.push(text.replace(continued, ''));
  }
  return { text: parts.join(''), next: at };
}

/** The line after the here-documents that an instruction begins. */
function skipHeredocs(lines: readonly TextLine[], next: number, text: string, escapeWith: string): number {
  const instructionText = text.trimStart();
  if (!instructionText.includes('<<') || !takesHeredoc.test(instructionText)) return next;
  let at = next;
  for (const word of shellWords(instructionText, escapeWith)) {
    const match = heredoc.exec(word);
    if (match) at = heredocEnd(lines, at, match[3]!, match[1] === '-');
  }
  return at;
}

function heredocEnd(lines: readonly TextLine[], start: number, name: string, stripsTabs: boolean): number {
  for (let at = start; at < lines.length; at++) {
    const text = lines[at]!.text;
    if ((stripsTabs ? text.replace(/^\t+/u, '') : text) === name) return at + 1;
  }
  throw new Unreadable(`the here-document ${name} does not end`, lines[start]?.offset ?? 0);
}

/** Words as a shell splits them, quotation marks kept: what stands inside them is no here-document. */
function shellWords(text: string, escapeWith: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === escapeWith && quote !== "'") {
      word += character + (text[++at] ?? '');
    } else if (quote === '' && /\s/u.test(character)) {
      if (word !== '') words.push(word);
      word = '';
    } else {
      if (character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      word += character;
    }
  }
  if (word !== '') words.push(word);
  return words;
}

function instruction(text: string, first: TextLine): InstructionLine {
  const match = /^\s*(\S+)\s*([\s\S]*)$/u.exec(text)!;
  return { name: match[1]!.toUpperCase(), rest: match[2]!.trimEnd(), line: first.line, offset: first.offset };
}
