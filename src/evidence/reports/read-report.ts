import { limits } from '../../base/index.ts';
import { measure, type Value } from '../../values/index.ts';
import { UnknownFormat, Unreadable, unreadable } from './fields.ts';
import { formats } from './formats/formats.ts';
import {
  isStatement,
  isVulnerabilityPredicate,
  readStatement,
  readVulnerabilityPredicate,
} from './formats/in-toto.ts';
import { parseText } from './parse-text.ts';
import type { Reading } from './report.ts';

/** Why a document counts for nothing; the text says what kind of document it seemed to be. */
export interface ReportProblem {
  readonly problem: string;
  /** It is of no kind that is known. */
  readonly unknown?: true;
}

/** Statements, predicates and reports inside one another: an attestation has three. */
const NESTING = 3;

/** What was read of documents that are values: a request may name one for many images. */
const readings = new WeakMap<object, Reading | ReportProblem>();

/**
 * What a scan report, an SBOM or a VEX document says, recognised by its content; the same inside an in-toto
 * statement or predicate, whose signature is not looked at. A problem, never an exception, where the
 * text is not JSON, no format is recognised, or the document is not what its format says: a report is read in
 * full or not at all. Bounded by `limits.nesting` and `limits.resultSize`; a value is read once.
 */
export function readReport(content: Value): Reading | ReportProblem {
  if (content === null || typeof content !== 'object') return readOrProblem(content);
  const known = readings.get(content);
  if (known !== undefined) return known;
  const reading = readOrProblem(content);
  readings.set(content, reading);
  return reading;
}

function readOrProblem(content: Value): Reading | ReportProblem {
  try {
    const document = typeof content === 'string' ? parseText(content) : content;
    const beyond = measure(document, { size: limits.resultSize, depth: limits.nesting });
    if (beyond !== undefined)
      return {
        problem: beyond === 'depth' ? 'the document is nested too deeply' : 'the document is too large',
      };
    return read(document, NESTING);
  } catch (error) {
    if (error instanceof Unreadable)
      return { problem: error.message, ...(error instanceof UnknownFormat && { unknown: true }) };
    throw error;
  }
}

export function isProblem(reading: Reading | ReportProblem): reading is ReportProblem {
  return 'problem' in reading;
}

function read(document: Value, depth: number): Reading {
  if (depth < 0) return unreadable('statements stand inside one another');
  const inner = (value: Value) => read(value, depth - 1);
  if (isStatement(document)) return readStatement(document, inner);
  if (isVulnerabilityPredicate(document))
    return named('vulnerability predicate', () => readVulnerabilityPredicate(document, inner));
  const format = formats.find(({ recognises }) => recognises(document));
  if (format === undefined) throw new UnknownFormat('it is of no format that is known');
  return named(format.title, () => format.read(document));
}

function named(title: string, make: () => Reading): Reading {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreadable(`${title}: ${error.message}`);
    throw error;
  }
}
