import { SourceFile } from '../base/index.ts';
import { isArray, ObjectValue, type Value } from '../values/index.ts';
import { type Node, nodeOf, nowhere } from './branch.ts';
import { readDockerfile } from './dockerfile-images.ts';
import type { Extractor } from './extractor.ts';
import { FieldPaths } from './field-paths.ts';
import { Findings } from './findings.ts';
import { readImageList } from './image-list.ts';
import { ManifestReader } from './manifest.ts';
import { toProblem, withoutText } from './problem.ts';
import { type FileKind, recognise } from './recognition.ts';
import { builtInExtractors } from './special-fields.ts';
import type { Submission } from './submission.ts';
import { readDocuments } from './yaml-documents.ts';

/** A file as it was sent; `name` may be a path. */
export interface SubmittedFile {
  readonly name: string;
  readonly text: string;
}

/** All that one request can send to be decided upon. Every part is optional, and read in this order. */
export interface SubmissionParts {
  /** References. */
  readonly images?: readonly string[];
  /** YAML or JSON text, or a parsed object or list of objects. */
  readonly manifests?: string | Value;
  readonly dockerfile?: string;
  /** Text, or the parsed document. */
  readonly compose?: string | Value;
  /** A parsed AdmissionReview. */
  readonly review?: Value;
  readonly files?: readonly SubmittedFile[];
  /** An object; empty where absent. */
  readonly context?: Value;
}

export interface ReadOptions {
  /** Read beside the built-in ones, which nothing takes away. */
  readonly extractors?: readonly Extractor[];
}

/**
 * What was sent, taken apart: images with their places, objects, the request of an AdmissionReview.
 * Never throws for what was sent: what cannot be read is one of `problems`, and the submission is then
 * not to be decided upon. Pieces without a file name go by the name of their field (`manifests`).
 */
export function readSubmission(parts: SubmissionParts, options: ReadOptions = {}): Submission {
  const reader = new SubmissionReader(options.extractors ?? []);
  parts.images?.forEach((ref, i) => {
    reader.reference(ref, i);
  });
  reader.piece('manifests', 'manifest', parts.manifests);
  reader.piece('dockerfile', 'dockerfile', parts.dockerfile);
  reader.piece('compose', 'compose', parts.compose);
  reader.piece('review', 'manifest', parts.review);
  for (const file of parts.files ?? []) reader.file(new SourceFile(file.name, file.text));
  return reader.submission(parts.context);
}

class SubmissionReader {
  private readonly findings = new Findings();
  private readonly paths: FieldPaths;

  constructor(extractors: readonly Extractor[]) {
    this.paths = new FieldPaths([...builtInExtractors, ...extractors]);
  }

  reference(ref: string, index: number): void {
    const source = withoutText('images');
    this.guarded(source, () => this.findings.addImage(source, nowhere, ref, { path: `/${index}` }));
  }

  /** A part that came under its own name: text, or a value that is no string. */
  piece(name: string, kind: FileKind, part: Value | undefined): void {
    if (typeof part === 'string') this.text(new SourceFile(name, part), kind);
    else if (part !== undefined) this.values(name, kind, isArray(part) ? part : [part]);
  }

  file(source: SourceFile): void {
    this.text(source, recognise(source.path, source.text));
  }

  submission(context: Value | undefined): Submission {
    const { images, objects, unchecked, problems, request } = this.findings;
    const circumstances = context ?? ObjectValue.empty;
    if (!(circumstances instanceof ObjectValue))
      this.findings.addProblem(withoutText('context'), 0, 'the context must be an object');
    return { images, objects, context: circumstances, ...(request && { request }), unchecked, problems };
  }

  private text(source: SourceFile, kind: FileKind): void {
    this.guarded(source, () => {
      if (kind === 'dockerfile') readDockerfile(source, this.findings);
      else if (kind === 'list') readImageList(source, this.findings);
      else this.documents(source, kind, readDocuments(source));
    });
  }

  private values(name: string, kind: FileKind, values: readonly Value[]): void {
    const source = withoutText(name);
    this.guarded(source, () =>
      this.documents(
        source,
        kind,
        values.map(value => ({ root: nodeOf(value), offset: nowhere })),
      ),
    );
  }

  private documents(
    source: SourceFile,
    kind: FileKind,
    documents: Iterable<{ root: Node; offset: number }>,
  ): void {
    const reader = new ManifestReader(this.findings, source, this.paths);
    let index = 0;
    for (const { root, offset } of documents)
      if (kind === 'compose') reader.compose(root, index++, offset);
      else reader.document(root, index++, offset);
  }

  private guarded(source: SourceFile, read: () => void): void {
    try {
      read();
    } catch (thrown) {
      this.findings.problems.push(toProblem(thrown, source));
    }
  }
}
