import { SourceFile } from '../../../src/base/index.ts';
import { type CheckOptions, checkPolicy } from '../../../src/language/index.ts';

export interface Found {
  readonly code: string;
  readonly file: number;
  readonly row: number;
  readonly col: number;
  /** The text that is underlined. */
  readonly text: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly related: readonly string[];
}

/** What checking modules finds; a text without a package stands in package `t`, on line 3. */
export function problems(
  modules: string | readonly string[],
  options: CheckOptions & { readonly version?: 'v0' | 'v1' } = {},
): Found[] {
  const { version = 'v1', ...rest } = options;
  const texts = typeof modules === 'string' ? [modules] : modules;
  const sources = texts.map((text, i) => new SourceFile(`m${i}.rego`, inPackage(text)));
  const { checked, diagnostics } = checkPolicy(
    sources.map(source => ({ source, version })),
    rest,
  );
  if ((checked === undefined) !== diagnostics.some(({ severity }) => severity === 'error'))
    throw new Error('checked modules and errors go against each other');
  return diagnostics.map(({ code, source, span, message, hint, related }) => {
    const { line, column } = source.position(span.start);
    const text = source.text.slice(span.start, span.end);
    const places = (related ?? []).map(place => place.source.text.slice(place.span.start, place.span.end));
    return {
      code,
      file: sources.indexOf(source),
      row: line,
      col: column,
      text,
      message,
      hint,
      related: places,
    };
  });
}

function inPackage(text: string): string {
  return /^\s*(?:#.*\n\s*)*package /u.test(text) ? text : `package t\n\n${text}`;
}
