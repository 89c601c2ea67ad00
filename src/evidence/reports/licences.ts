/** Characters of a licence that is kept. */
const LENGTH = 1_000;

const ID = /^[A-Za-z0-9][A-Za-z0-9.-]*\+?$/;
const EXPRESSION_WORD = /^(?:AND|OR|WITH|(?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9][A-Za-z0-9.-]*\+?)$/;

/**
 * A licence as an SPDX expression: an expression or the identifier of a licence as it is, any other name as a
 * `LicenseRef-`. Undefined where nothing is asserted. Identifiers are not held against the list of SPDX.
 */
export function toLicense(text: string | undefined): string | undefined {
  const licence = text?.trim().slice(0, LENGTH);
  if (licence === undefined || licence === '' || licence === 'NOASSERTION') return undefined;
  return isExpression(licence) ? licence : licenseRef(licence);
}

/** The licences without repetitions and without what asserts nothing. */
export function toLicenses(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.map(toLicense).filter(licence => licence !== undefined))];
}

/** Words between operators and brackets: no grammar, for an SBOM's author knows the expression, not we. */
function isExpression(licence: string): boolean {
  if (ID.test(licence)) return true;
  const words = licence.replace(/[()]/g, ' ').trim().split(/\s+/);
  return (
    words.length % 2 === 1 &&
    words.every((word, i) => EXPRESSION_WORD.test(word) && isOperator(word) === (i % 2 === 1))
  );
}

function isOperator(word: string): boolean {
  return word === 'AND' || word === 'OR' || word === 'WITH';
}

function licenseRef(name: string): string {
  return `LicenseRef-${name.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+|-+$/g, '')}`;
}
