import { type EvidenceDocument, readSentFile, SentEvidence } from '../../evidence/index.ts';
import { ProblemError } from '../problem.ts';
import type { SubmissionBody } from '../schemas/request.ts';
import type { NamedText } from './form.ts';
import type { JsonBody } from './json-text.ts';

/** The evidence of a JSON body; throws a ProblemError where something of it is none. */
export function bodyEvidence({ evidence = [] }: SubmissionBody, valueAt: JsonBody['valueAt']): SentEvidence {
  const items = evidence.map(({ type, subject }, index): EvidenceDocument => {
    const content = valueAt('evidence', String(index), 'content') ?? null;
    return { type, content, ...(subject !== undefined && { subject }) };
  });
  return read('evidence', () => new SentEvidence(items));
}

/** The evidence in files of a form. */
export function fileEvidence(files: readonly NamedText[]): SentEvidence {
  const items = files.flatMap(({ name, text }) => read(name, () => readSentFile(text)));
  return read('evidence', () => new SentEvidence(items));
}

function read<T>(pointer: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError('invalid_request', `${pointer}: ${error.message}`, {
      errors: [{ pointer: `/${pointer}`, message: error.message }],
    });
  }
}
