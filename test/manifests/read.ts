import { readSubmission, type Submission } from '../../src/manifests/index.ts';

/** Reads one file. */
export function read(text: string, name = 'web.yaml'): Submission {
  return readSubmission({ files: [{ name, text }] });
}

/** The references that were found. */
export function refs(submission: Submission): readonly string[] {
  return submission.images.map(image => image.ref);
}

/** The code and line of each problem. */
export function problems(submission: Submission): readonly string[] {
  return submission.problems.map(
    ({ code, source, span }) => `${code} ${source.path}:${source.line(span.start)}`,
  );
}
