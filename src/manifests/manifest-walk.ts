import type { SourceFile } from '../base/index.ts';
import type { ContainerType, ImagePlace, ObjectIdentity } from '../images/index.ts';
import { Branch, isMapping, type Node, textOf } from './branch.ts';
import type { Doubt, Surroundings } from './doubt.ts';
import { descend, type FieldPaths, type FieldState, typeAt } from './field-paths.ts';
import type { Findings, WrittenAt } from './findings.ts';
import { secretNames } from './object-identity.ts';
import { doubtOf, doubtOfContainer, doubtOfParts } from './unchecked-fields.ts';

/** What is known at one place of an object from what stands above it. */
interface Scope {
  readonly object: ObjectIdentity | undefined;
  /** The name of the nearest entry of a list: a container, a volume, a template. */
  readonly entry: string | undefined;
  readonly pullSecrets: readonly string[] | undefined;
  /** The nearest key above that is no index. */
  readonly within: string;
}

/**
 * Walks objects in the order of their text: what an extractor reads is an image, what else looks like one
 * is noted as unchecked. The object that an image belongs to is always the outermost: a pod template that
 * claims to be some other object does not become it.
 */
export class ManifestWalk {
  private readonly findings: Findings;
  private readonly source: SourceFile;
  private readonly paths: FieldPaths;
  private readonly pointer: string[] = [];

  constructor(findings: Findings, source: SourceFile, paths: FieldPaths) {
    this.findings = findings;
    this.source = source;
    this.paths = paths;
  }

  /** `skipped` are keys of the object itself that say nothing of what is to run. */
  object(
    branch: Branch,
    pointer: readonly string[],
    identity: ObjectIdentity | undefined,
    skipped: ReadonlySet<string>,
  ): void {
    this.pointer.splice(0, Infinity, ...pointer);
    const scope = { object: identity, entry: undefined, pullSecrets: undefined, within: '' };
    const { apiVersion = '', kind = '' } = identity ?? {};
    this.members(branch, this.paths.enter(this.paths.start(), apiVersion, kind), scope, skipped);
  }

  private visit(branch: Branch, state: FieldState, scope: Scope): void {
    const apiVersion = textOf(branch.get('apiVersion'));
    const kind = apiVersion === undefined ? undefined : textOf(branch.get('kind'));
    const entered = kind === undefined ? state : this.paths.enter(state, apiVersion!, kind);
    this.members(branch, entered, scope, nothing);
  }

  private members(branch: Branch, state: FieldState, outer: Scope, skipped: ReadonlySet<string>): void {
    const pullSecrets = secretNames(branch.get('imagePullSecrets')) ?? outer.pullSecrets;
    const scope = pullSecrets === outer.pullSecrets ? outer : { ...outer, pullSecrets };
    this.note(doubtOfParts(branch, scope.within), branch.offsetOf('repository'));
    for (let i = 0; i < branch.members.length; i++) {
      const key = branch.keys?.[i];
      if (key !== undefined && skipped.has(key)) continue;
      this.member(branch, i, key, state, scope);
    }
  }

  private member(branch: Branch, i: number, key: string | undefined, state: FieldState, scope: Scope): void {
    const member = branch.members[i]!;
    const segment = key ?? String(i);
    const next = descend(state, segment);
    this.pointer.push(segment);
    if (member instanceof Branch) this.branch(member, branch.offsets[i]!, key, next, scope);
    else if (member !== null) this.scalar(branch, i, segment, next, scope);
    this.pointer.pop();
  }

  private branch(
    member: Branch,
    offset: number,
    key: string | undefined,
    state: FieldState,
    scope: Scope,
  ): void {
    // An object of parts is doubted as such; any other is no image at all.
    const isImage = typeAt(state) !== undefined && member.get('repository') === undefined;
    if (isImage) this.findings.addProblem(this.source, offset, 'an image must be a string');
    if (key === undefined) this.note(doubtOfContainer(member, scope.within), offset);
    this.visit(member, state, innerScope(scope, key, member));
  }

  private scalar(branch: Branch, i: number, key: string, state: FieldState, scope: Scope): void {
    const member = branch.members[i]!;
    const offset = branch.offsets[i]!;
    const type = typeAt(state);
    if (type === undefined || namesStream(branch, key)) this.noteScalar(branch, key, member, offset, scope);
    else if (typeof member === 'string')
      this.findings.addImage(this.source, offset, member, this.placeOf(branch, type, scope));
    else
      this.findings.addProblem(
        this.source,
        offset,
        'an image must be a string',
        'put the reference in quotation marks',
      );
  }

  private placeOf(branch: Branch, type: ContainerType, scope: Scope): Omit<ImagePlace, WrittenAt> {
    const policy = textOf(branch.get('imagePullPolicy')) ?? textOf(branch.get('pullPolicy'));
    const secret = textOf(branch.get('imagePullSecret'));
    const secrets = secret === undefined ? scope.pullSecrets : [secret];
    return {
      ...(scope.object !== undefined && { object: scope.object }),
      ...(scope.entry !== undefined && { container: scope.entry }),
      container_type: type,
      path: this.path(),
      ...(policy !== undefined && { pull_policy: policy }),
      ...(secrets !== undefined && { pull_secrets: secrets }),
    };
  }

  private noteScalar(branch: Branch, key: string, member: Node, offset: number, scope: Scope): void {
    if (typeof member !== 'string') return;
    const doubt = namesStream(branch, key)
      ? { value: member, reason: 'an image stream decides which image this is' }
      : doubtOf(member, this.surroundings(branch, key, scope));
    this.note(doubt, offset);
  }

  private surroundings(parent: Branch, key: string, { within, object }: Scope): Surroundings {
    const isDirect = this.pointer.at(-2) === within;
    return { parent, key, within, isDirect, apiVersion: object?.apiVersion };
  }

  private note(doubt: Doubt | undefined, offset: number): void {
    if (doubt) this.findings.addUnchecked(this.source, offset, this.path(), doubt.value, doubt.reason);
  }

  private path(): string {
    return pointerText(this.pointer);
  }
}

const nothing: ReadonlySet<string> = new Set();

/** RFC 6901. */
export function pointerText(segments: readonly string[]): string {
  let text = '';
  for (const segment of segments)
    text += `/${/[~/]/u.test(segment) ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment}`;
  return text;
}

function innerScope(scope: Scope, key: string | undefined, member: Branch): Scope {
  if (key !== undefined) return key === scope.within ? scope : { ...scope, within: key };
  const entry = isMapping(member) ? textOf(member.get('name')) : undefined;
  return entry === undefined ? scope : { ...scope, entry };
}

/** OpenShift's object references: a name is an image where the kind is DockerImage, else that of a stream. */
function namesStream(branch: Branch, key: string): boolean {
  const kind = key === 'name' ? textOf(branch.get('kind')) : undefined;
  return kind === 'ImageStreamTag' || kind === 'ImageStreamImage';
}
