import { referenceIn } from './image-list.ts';

/** What a file is read as. A manifest may be a compose file all the same: its documents say so. */
export type FileKind = 'manifest' | 'compose' | 'dockerfile' | 'list';

const composeName = /^(?:docker-)?compose(?:\.[^.]+)*\.ya?ml$/u;

const dockerfileName = /^(?:dockerfile|containerfile)(?:[._-].+)?$|[._-](?:dockerfile|containerfile)$/u;
/** Stand beside Dockerfiles under their names, and are none. */
const besideDockerfile = /\.(?:dockerignore|md)$/u;
const manifestName = /\.(?:ya?ml|json)$/u;
const listName = /\.(?:txt|list|images)$/u;
const dockerfileStart = /^[ \t]*(?:FROM|ARG)[ \t]+\S/imu;

const manifestLine =
  /^[ \t]*(?:- +)?"?(?:apiVersion|kind|metadata|spec|services|containers|images?)"?[ \t]*:(?:\s|$)/mu;

/** Tells by its name what a file is, and by its content where the name says nothing. */
export function recognise(name: string, text: string): FileKind {
  return kindOfName(name) ?? kindOfContent(text);
}

/** What the name of a file says that it is, whatever its letter case; undefined where it says nothing. */
export function kindOfName(name: string): FileKind | undefined {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).toLowerCase();
  if (composeName.test(base)) return 'compose';
  if (manifestName.test(base)) return 'manifest';
  if (dockerfileName.test(base) && !besideDockerfile.test(base)) return 'dockerfile';
  return listName.test(base) ? 'list' : undefined;
}

/** What a text clearly is, a Dockerfile or a manifest in YAML or JSON; undefined where it might be anything. */
export function clearKind(text: string): 'dockerfile' | 'manifest' | undefined {
  if (dockerfileStart.test(firstLine(text))) return 'dockerfile';
  return manifestLine.test(text) ? 'manifest' : undefined;
}

function kindOfContent(text: string): FileKind {
  return clearKind(text) ?? (isList(text) ? 'list' : 'manifest');
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
