import { versionDigest } from './layers/layer.ts';
import { declaredParameters } from './parameters.ts';
import { isPolicyPart, type LibraryFolder, type PolicyFinder, type TextFile } from './read-policy.ts';

/**
 * The policies that come with Pratique, out of the files of `policies/`: a folder with a policy in it is a
 * policy, named by the folder or by its path (`no-latest-tag`, `tags/no-latest-tag`).
 */
export class PolicyLibrary implements PolicyFinder {
  private readonly folders: ReadonlyMap<string, readonly TextFile[]>;
  private readonly shared: readonly TextFile[];
  private readonly parts: readonly TextFile[];
  private declared: ReadonlySet<string> | undefined;
  private sum: string | undefined;

  constructor(files: readonly TextFile[]) {
    const parts = files.filter(({ path }) => isPolicyPart(baseOf(path)));
    this.parts = parts;
    this.shared = parts.filter(isShared);
    this.folders = Map.groupBy(
      parts.filter(file => !isShared(file) && file.path.includes('/')),
      ({ path }) => folderOf(path),
    );
  }

  /** The names of all policies, sorted. */
  get names(): readonly string[] {
    return [...this.folders.keys()].map(baseOf).sort();
  }

  /** The folders at the top, in which the policies stand: `tags`. */
  get categories(): ReadonlySet<string> {
    return new Set([...this.folders.keys()].map(path => path.split('/')[0]!));
  }

  /** Of all that its policies are made of. */
  get digest(): string {
    this.sum ??= versionDigest(this.parts);
    return this.sum;
  }

  /** What its policies read below `data.parameters`. */
  get parameters(): ReadonlySet<string> {
    this.declared ??= new Set(
      [...this.folders.values()].flat().flatMap(({ path, text }) => declaredParameters(path, text)),
    );
    return this.declared;
  }

  find(name: string): LibraryFolder | undefined {
    const path = this.folders.has(name) ? name : [...this.folders.keys()].find(key => baseOf(key) === name);
    if (path === undefined) return undefined;
    const files = this.folders.get(path)!.map(file => ({ path: baseOf(file.path), text: file.text }));
    return { path, files };
  }

  sharedBy(files: readonly TextFile[]): readonly TextFile[] {
    const found = new Set<TextFile>();
    const open = [...files];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      const { text } = file;
      const named = this.shared.filter(lib => !found.has(lib) && names(text, lib));
      for (const lib of named) found.add(lib);
      open.push(...named);
    }
    return this.shared.filter(lib => found.has(lib));
  }
}

/** What means all that is shared. */
const all = /\bdata\.pratique(?:\.lib)?(?![.\w])/u;

/** Whether a text names the package of a shared file. */
function names(text: string, lib: TextFile): boolean {
  const path = /^package\s+(\S+)/mu.exec(lib.text)?.[1];
  return text.includes(`data.${path}`) || all.test(text);
}

function isShared({ path }: TextFile): boolean {
  return path.startsWith('lib/');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
