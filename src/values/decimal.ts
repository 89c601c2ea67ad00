/** A number as coefficient × 10^exponent, the coefficient without trailing zeros (zero is 0 × 10^0). */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const JSON_NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/u;

/** The exact decimal value of a JSON number text; undefined where the text is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = JSON_NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const digits = (whole! + fraction).replace(/^0+(?=\d)/u, '');
  const trimmed = digits.replace(/0+$/u, '');
  if (trimmed === '') return { coefficient: 0n, exponent: 0 };
  const coefficient = BigInt(trimmed);
  const scale = Number(exponent) - fraction.length + (digits.length - trimmed.length);
  return { coefficient: sign === '-' ? -coefficient : coefficient, exponent: scale };
}

/** The exact decimal value of a double, which stands for the shortest decimal that prints it. */
export function decimalOf(double: number): Decimal {
  return parseDecimal(String(double))!;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const aSign = signOf(a.coefficient);
  const bSign = signOf(b.coefficient);
  if (aSign !== bSign) return aSign - bSign;
  if (aSign === 0) return 0;
  const magnitude = magnitudeOf(a) - magnitudeOf(b);
  if (magnitude !== 0) return magnitude * aSign;
  const shift = a.exponent - b.exponent;
  const left = shift > 0 ? a.coefficient * 10n ** BigInt(shift) : a.coefficient;
  const right = shift < 0 ? b.coefficient * 10n ** BigInt(-shift) : b.coefficient;
  return left < right ? -1 : left > right ? 1 : 0;
}

function signOf(coefficient: bigint): number {
  return coefficient < 0n ? -1 : coefficient > 0n ? 1 : 0;
}

/** Decimal digits before the point, as far as the sign allows: orders numbers without expanding them. */
function magnitudeOf(decimal: Decimal): number {
  const digits = decimal.coefficient.toString();
  return digits.length - (digits.startsWith('-') ? 1 : 0) + decimal.exponent;
}
