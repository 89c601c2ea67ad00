import { parseLicenseExpression } from '../../images/index.ts';

/** Characters of a licence that is kept. */
const LENGTH = 1_000;

/**
 * A licence as an SPDX expression: an expression or the identifier of a licence as it is, any other name as a
 * `LicenseRef-`. Undefined where nothing is asserted. Identifiers are not held against the list of SPDX.
 */
export function toLicense(text: string | undefined): string | undefined {
  const licence = text?.trim().slice(0, LENGTH);
  if (licence === undefined || licence === '' || licence === 'NOASSERTION') return undefined;
  return parseLicenseExpression(licence) ? licence : licenseRef(licence);
}

/** The licences without repetitions and without what asserts nothing. */
export function toLicenses(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.map(toLicense).filter(licence => licence !== undefined))];
}

function licenseRef(name: string): string {
  return `LicenseRef-${name.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+|-+$/g, '')}`;
}
