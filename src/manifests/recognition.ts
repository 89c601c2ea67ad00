import { referenceIn } from './image-list.ts';

/** What a file is read as. A manifest may be a compose file: its documents say so. */
export type FileKind = 'manifest' | 'dockerfile' | 'list';

const dockerfileName = /^(?:dockerfile|containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/u;
const manifestName = /\.(?:ya?ml|json)$/u;
const listName = /\.(?:txt|list|images)$/u;
const dockerfileStart = /^[ \t]*(?:FROM|ARG)[ \t]+\S/imu;

/** Tells by its name what a file is, and by its content where the name says nothing. */
export function recognise(name: string, text: string): FileKind {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).toLowerCase();
  if (manifestName.test(base)) return 'manifest';
  if (dockerfileName.test(base)) return 'dockerfile';
  if (listName.test(base)) return 'list';
  return kindOfContent(text);
}

function kindOfContent(text: string): FileKind {
  const first = firstLine(text);
  if (dockerfileStart.test(first)) return 'dockerfile';
  return isList(text) ? 'list' : 'manifest';
}

/** The first line that says something. */
function firstLine(text: string): string {
  return text.split('\n').find(line => referenceIn(line) !== '') ?? '';
}

/** One word a line, none of which could begin a YAML document. */
function isList(text: string): boolean {
  let words = 0;
  for (const line of text.split('\n')) {
    const word = referenceIn(line);
    if (word === '') continue;
    if (!/^[\w][^\s{}[\]"']*[^\s:{}[\]"']$|^\w$/u.test(word)) return false;
    words++;
  }
  return words > 0;
}
