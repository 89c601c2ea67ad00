import type { SourceFile } from '../base/index.ts';
import type { ObjectIdentity } from '../images/index.ts';
import { ObjectBuilder, type ObjectValue, type Value } from '../values/index.ts';
import { Branch, isMapping, isSequence, type Node, textOf } from './branch.ts';
import { isCompose, readCompose } from './compose.ts';
import type { FieldPaths } from './field-paths.ts';
import type { Findings } from './findings.ts';
import { ManifestWalk } from './manifest-walk.ts';
import { completed, identityOf, present } from './object-identity.ts';

/** What an item of a typed list may leave out, because the list says it. */
type Inherited = Pick<ObjectIdentity, 'apiVersion' | 'kind'>;

/** What has been observed of an object, not asked for. */
const observed: ReadonlySet<string> = new Set(['status']);
const listed: ReadonlySet<string> = new Set(['status', 'items']);
const none: ReadonlySet<string> = new Set();
const ofReview: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'request', 'response']);

/**
 * Reads documents, whatever each is: an object of Kubernetes, a list of them, a compose file, an
 * AdmissionReview, or something unknown, which is searched all the same.
 */
export class ManifestReader {
  private readonly findings: Findings;
  private readonly source: SourceFile;
  private readonly walk: ManifestWalk;

  constructor(findings: Findings, source: SourceFile, paths: FieldPaths) {
    this.findings = findings;
    this.source = source;
    this.walk = new ManifestWalk(findings, source, paths);
  }

  /** Reads one document; an empty one holds nothing. */
  document(root: Node, index: number, offset: number): void {
    this.findings.countDocument(offset);
    if (isNothing(root)) return;
    const pointer = [String(index)];
    if (isSequence(root)) this.items(root, pointer, {});
    else this.root(root, pointer, offset, {});
  }

  /** Reads one document as a compose file, whatever it looks like. */
  compose(root: Node, index: number, offset: number): void {
    this.findings.countDocument(offset);
    if (isNothing(root)) return;
    if (isMapping(root)) readCompose(root, [String(index)], this.source, this.findings);
    else this.findings.addProblem(this.source, offset, 'a compose file must be an object');
  }

  private root(node: Node, pointer: readonly string[], offset: number, inherited: Inherited): void {
    if (!isMapping(node)) {
      this.findings.addProblem(
        this.source,
        offset,
        `a manifest must be an object, and ${spoken(node)} is none`,
      );
      return;
    }
    if (isReview(node)) this.review(node, pointer, offset);
    else if (isList(node)) this.list(node, pointer);
    else if (isCompose(node)) this.services(node, pointer);
    else this.object(node, pointer, inherited);
  }

  /** A kind without an API version makes no object of Kubernetes for certain: both are looked for. */
  private services(branch: Branch, pointer: readonly string[]): void {
    readCompose(branch, pointer, this.source, this.findings);
    const identity = identityOf(branch);
    if (identity.kind !== undefined) this.walkObject(branch, pointer, identity);
  }

  private object(branch: Branch, pointer: readonly string[], inherited: Inherited): void {
    const identity = completed(identityOf(branch), inherited);
    this.findings.objects.push(withKind(branch.value as ObjectValue, identity));
    this.walkObject(branch, pointer, identity);
  }

  private walkObject(branch: Branch, pointer: readonly string[], identity: ObjectIdentity): void {
    if (isDefinition(identity)) return;
    const isObject = identity.kind !== undefined;
    this.walk.object(branch, pointer, isObject ? identity : undefined, isObject ? observed : none);
  }

  /** As kubectl has it, whatever has `items` is a list. What else such an object says is read as well. */
  private list(branch: Branch, pointer: readonly string[]): void {
    const identity = identityOf(branch);
    const { apiVersion = '', kind = '' } = identity;
    const isTyped = kind.endsWith('List') && kind !== 'List';
    const inherited = isTyped ? { apiVersion, kind: kind.slice(0, -'List'.length) } : {};
    if (!kind.endsWith('List')) this.findings.objects.push(branch.value);
    this.walk.object(branch, pointer, identity, listed);
    this.items(branch.get('items') as Branch, [...pointer, 'items'], inherited);
  }

  private items(list: Branch, pointer: readonly string[], inherited: Inherited): void {
    for (let i = 0; i < list.members.length; i++)
      this.root(list.members[i]!, [...pointer, String(i)], list.offsets[i]!, inherited);
  }

  /** The object that is asked about is read, the one it replaces is not. */
  private review(review: Branch, pointer: readonly string[], offset: number): void {
    // Logged reviews come with a time or `dryRun` of their own; only objects and lists can be something to run.
    const other = review.keys!.find((key, i) => !ofReview.has(key) && review.members[i] instanceof Branch);
    if (other !== undefined) {
      const message = `an AdmissionReview has no "${other.slice(0, 60)}"`;
      this.findings.addProblem(this.source, review.offsetOf(other), message, 'send the request alone');
      return;
    }
    const request = review.get('request');
    if (!isMapping(request)) {
      this.findings.addProblem(this.source, offset, 'an AdmissionReview must have a request');
      return;
    }
    if (this.findings.request !== undefined) {
      this.findings.addProblem(this.source, offset, 'more than one AdmissionReview was sent');
      return;
    }
    this.findings.request = request.value as ObjectValue;
    this.reviewedObject(request, [...pointer, 'request', 'object'], offset);
  }

  private reviewedObject(request: Branch, pointer: readonly string[], offset: number): void {
    const object = request.get('object');
    if (textOf(request.get('operation')) === 'DELETE' && (object ?? null) === null) return;
    if (!isMapping(object)) {
      this.findings.addProblem(this.source, offset, 'a request must have an object, unless it deletes one');
      return;
    }
    if (isList(object)) {
      this.list(object, pointer);
      return;
    }
    this.findings.objects.push(object.value);
    const named = { name: textOf(request.get('name')), namespace: textOf(request.get('namespace')) };
    this.walkObject(object, pointer, completed(identityOf(object), present(named)));
  }
}

/** An empty object says nothing that could be decided upon. */
function isNothing(root: Node): boolean {
  return root === null || (isMapping(root) && root.members.length === 0);
}

function isReview(branch: Branch): boolean {
  const { apiVersion = '', kind } = identityOf(branch);
  return kind === 'AdmissionReview' && apiVersion.startsWith('admission.k8s.io/');
}

/** Without a kind, `items` may be the values of something else: there must be an object among them. */
function isList(branch: Branch): boolean {
  const items = branch.get('items');
  return isSequence(items) && (textOf(branch.get('kind')) !== undefined || items.members.some(isMapping));
}

/** The schema in a definition describes objects and is none. */
function isDefinition(identity: ObjectIdentity): boolean {
  return (
    identity.kind === 'CustomResourceDefinition' &&
    identity.apiVersion?.startsWith('apiextensions.k8s.io/') === true
  );
}

function withKind(value: ObjectValue, identity: ObjectIdentity): Value {
  const { apiVersion, kind } = identity;
  if (kind === undefined || value.has('kind')) return value;
  const builder = new ObjectBuilder(value).set('kind', kind);
  return (apiVersion === undefined ? builder : builder.set('apiVersion', apiVersion)).build();
}

function spoken(node: Node): string {
  if (typeof node === 'string') return `"${node.slice(0, 40)}"`;
  return node !== null && typeof node === 'object' ? 'this' : String(node);
}
