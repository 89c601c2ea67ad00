import { type Diagnostic, SourceFile } from '../base/index.ts';
import { policyDigest } from '../decide/index.ts';
import { coversPattern } from '../evidence/index.ts';
import type { PolicyFile } from '../language/index.ts';
import type { ObjectValue } from '../values/index.ts';
import { checkParameters, declaredParameters } from './parameters.ts';
import { PolicyData, problem } from './policy-data.ts';
import { type PolicySet, readPolicySet } from './policy-set.ts';

/** A file by its path inside its folder, with `/` between the parts. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What `loadPolicy` needs. */
export interface PolicySource {
  readonly name: string;
  readonly files: readonly PolicyFile[];
  readonly data: ObjectValue;
  /** Of paths inside the folder: the same wherever the folder stands. */
  readonly digest: string;
  /** Patterns of the hosts that its rules may reach, sorted; see docs/evidence.md. */
  readonly hosts: readonly string[];
}

export interface ReadPolicyOptions {
  /** Stands before each path where a place is named: `policies/`. */
  readonly prefix?: string;
  /** The edition of Rego that `.rego` files are read as; `v1` where absent. */
  readonly version?: 'v0' | 'v1';
  /** Further data, from JSON or YAML texts, put at the root. */
  readonly data?: readonly SourceFile[];
  /** Whether tests (`…_test.rego`) are read too. */
  readonly tests?: boolean;
  /** Where the `policies` of a set are found. */
  readonly library?: PolicyFinder;
  /** All that `http.allow` may list, for policies that are not one's own; whatever it lists where absent. */
  readonly hosts?: readonly string[];
  /** Names below `data.parameters` that other policies read which are given the same data. */
  readonly parameters?: readonly string[];
  /** Whether `policy.yaml` may extend policies of organisations: where it is read as one layer of several. */
  readonly layered?: boolean;
}

/** Finds policies of the library; undefined where there is none of the name. */
export interface PolicyFinder {
  find(name: string): LibraryFolder | undefined;
  /** The files of `policies/lib` that files need, with those that these need in turn; by paths inside `policies/`. */
  sharedBy(files: readonly TextFile[]): readonly TextFile[];
  /** The parameters of all of them. */
  readonly parameters: ReadonlySet<string>;
}

export interface LibraryFolder {
  /** Inside `policies/`: `tags/no-latest-tag`. */
  readonly path: string;
  readonly files: readonly TextFile[];
}

const policyName = /\.(?:rego|policy)$/u;
const testName = /_test\.rego$/u;
const dataName = /(?:^|\/)data\.(?:json|ya?ml)$/u;
const setName = /^policy\.ya?ml$/u;

/** Whether a file of this path is part of a policy; tests are where they are wanted. */
export function isPolicyPart(path: string, tests = false): boolean {
  if (testName.test(path)) return tests;
  return policyName.test(path) || dataName.test(path) || setName.test(path);
}

/** What reading comes to: no policy where there are problems. */
export interface ReadPolicy {
  readonly policy?: PolicySource;
  readonly problems: readonly Diagnostic[];
}

/**
 * The policy that the files of a folder make: rules in `.rego` and `.policy` files, data in `data.json` or
 * `data.yaml` at the path of its folder, and whatever policies of the library `policy.yaml` lists.
 */
export function readPolicy(
  name: string,
  files: readonly TextFile[],
  options: ReadPolicyOptions = {},
): ReadPolicy {
  const reader = new PolicyReader(options);
  reader.folder(files, options.prefix ?? '', '');
  return reader.finish(name);
}

/** A policy of the library; undefined where there is none of the name. */
export function readLibraryPolicy(
  name: string,
  library: PolicyFinder,
  options: Omit<ReadPolicyOptions, 'library' | 'prefix'> = {},
): ReadPolicy | undefined {
  const folder = library.find(name);
  if (folder === undefined) return undefined;
  const reader = new PolicyReader({ ...options, library });
  reader.libraryFolder(folder);
  return reader.finish(name);
}

/** Puts folders together: rules, data, hosts, and the policies of the library that they join. */
export class PolicyReader {
  readonly data = new PolicyData();
  readonly files: PolicyFile[] = [];
  /** The same files by their paths inside the folder. */
  readonly inside: PolicyFile[] = [];
  readonly hosts = new Set<string>();
  private readonly known: Set<string>;
  private readonly options: ReadPolicyOptions;

  /** `known` are folders and shared files of the library that are there already; those that are joined are added. */
  constructor(options: ReadPolicyOptions, known = new Set<string>()) {
    this.options = options;
    this.known = known;
  }

  finish(name: string): ReadPolicy {
    for (const source of this.options.data ?? []) this.data.add(source);
    this.checkParameters();
    const { problems } = this.data;
    if (problems.length > 0) return { problems };
    const data = this.data.value;
    const hosts = [...this.hosts].sort();
    const digest = policyDigest(this.inside, data, hosts);
    return { policy: { name, files: this.files, data, digest, hosts }, problems };
  }

  /** `prefix` stands before the paths that are shown, `inside` before those of the digest. */
  folder(files: readonly TextFile[], prefix: string, inside: string): void {
    const parts = files.filter(({ path }) => isPolicyPart(path, this.options.tests));
    const setFile = parts.find(({ path }) => setName.test(path));
    const setSource = setFile && new SourceFile(prefix + setFile.path, setFile.text);
    const set = setSource && readPolicySet(setSource, this.data.problems);
    const version = set?.version ?? this.options.version;
    for (const file of parts) {
      const source = new SourceFile(prefix + file.path, file.text);
      if (policyName.test(file.path)) this.rules(source, file, inside + file.path, version);
      else if (dataName.test(file.path)) this.data.add(source, file.path.split('/').slice(0, -1));
      else if (file !== setFile) this.data.problems.push(problem(source, `${setFile?.path} is there too`));
      else if (set !== undefined) this.set(set, setSource!);
    }
    this.shared(parts);
  }

  libraryFolder({ path, files }: LibraryFolder): void {
    if (this.known.has(path)) return;
    this.known.add(path);
    this.folder(files, `policies/${path}/`, `policies/${path}/`);
  }

  /** What files import of `policies/lib`. */
  private shared(files: readonly TextFile[]): void {
    const imported = this.options.library?.sharedBy(files) ?? [];
    const missing = imported.filter(({ path }) => !this.known.has(path));
    for (const { path } of missing) this.known.add(path);
    if (missing.length > 0) this.folder(missing, 'policies/', 'policies/');
  }

  /** Only where some file says which parameters it has, or may not have any, as those of the library. */
  private checkParameters(): void {
    const parameters = this.data.value.get('parameters');
    if (parameters === undefined) return;
    const files = this.files.map(({ source }) => source);
    const own = new Set(files.flatMap(({ path, text }) => declaredParameters(path, text)));
    if (own.size === 0 && this.known.size === 0) return;
    const { library, parameters: shared = [] } = this.options;
    const others = new Set([...shared, ...(library?.parameters ?? [])]);
    const wrong = checkParameters(parameters, own, others);
    if (wrong === undefined) return;
    const source = this.data.sources.get('parameters')!;
    this.data.problems.push(problem(source, wrong.message, wrong.hint));
  }

  private rules(
    source: SourceFile,
    { path, text }: TextFile,
    inside: string,
    version: ReadPolicyOptions['version'],
  ): void {
    const dialect = path.endsWith('.policy') ? 'policy' : 'rego';
    const kind = { dialect, ...(version !== undefined && dialect === 'rego' && { version }) } as const;
    this.files.push({ source, ...kind });
    this.inside.push({ source: new SourceFile(inside, text), ...kind });
  }

  private set(set: PolicySet, source: SourceFile): void {
    if (set.bases.length > 0 && this.options.layered !== true)
      this.data.problems.push(problem(source, 'extends: only a policy that is published can extend others'));
    this.data.put(set.data, [], source);
    for (const host of set.hosts) this.host(host, source);
    for (const name of set.policies) this.member(name, source);
  }

  private host(host: string, source: SourceFile): void {
    const { hosts } = this.options;
    if (hosts === undefined || coversPattern(hosts, host)) this.hosts.add(host);
    else
      this.data.problems.push(
        problem(source, `http.allow: policies that come with a request may not reach ${host} here`),
      );
  }

  private member(name: string, source: SourceFile): void {
    const folder = this.options.library?.find(name);
    if (folder !== undefined) this.libraryFolder(folder);
    else
      this.data.problems.push(problem(source, `there is no policy ${JSON.stringify(name)} in the library`));
  }
}
