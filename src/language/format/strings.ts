import type { StringTerm } from '../../../grammar/index.ts';

/** The literal of a string: between backquotes where it was so written, else as JSON. */
export function printString(term: Pick<StringTerm, 'value' | 'raw'>): string {
  return term.raw && !term.value.includes('`') ? `\`${term.value}\`` : JSON.stringify(term.value);
}

/** The text of a template string between its expressions. */
export function printTemplateText(value: string, raw: boolean): string {
  const text = raw ? value : JSON.stringify(value).slice(1, -1);
  return text.replaceAll('{', '\\{');
}
