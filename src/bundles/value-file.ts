import type { Diagnostic, SourceFile } from '../base/index.ts';
import { nodeValue, readDocuments, toProblem } from '../manifests/index.ts';
import { parseJson, type Value } from '../values/index.ts';
import { problem } from './policy-data.ts';

/** The value of a JSON text, or of the first document of a YAML text; undefined where it cannot be read. */
export function readValue(source: SourceFile, problems: Diagnostic[]): Value | undefined {
  try {
    if (source.path.endsWith('.json')) return parseJson(source.text);
    const [first] = readDocuments(source);
    return first === undefined ? null : nodeValue(first.root);
  } catch (thrown) {
    const isJson = thrown instanceof SyntaxError;
    problems.push(isJson ? problem(source, `not JSON: ${thrown.message}`) : toProblem(thrown, source));
    return undefined;
  }
}
