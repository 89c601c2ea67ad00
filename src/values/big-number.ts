import { Composite, rank } from './composite.ts';
import { compareDecimals, type Decimal, decimalOf } from './decimal.ts';
import type { Value } from './value.ts';

/** A number that no double prints exactly. */
export class BigNumber extends Composite implements Decimal {
  override readonly rank = rank.number;
  readonly coefficient: bigint;
  readonly exponent: number;

  constructor(decimal: Decimal) {
    super();
    this.coefficient = decimal.coefficient;
    this.exponent = decimal.exponent;
  }

  override hash(): string {
    return `${this.coefficient}e${this.exponent}n`;
  }

  override compareTo(other: Value): number {
    return compareDecimals(this, other instanceof BigNumber ? other : decimalOf(other as number));
  }

  override equals(other: Value): boolean {
    return (
      other instanceof BigNumber && this.coefficient === other.coefficient && this.exponent === other.exponent
    );
  }
}

/** A double where one prints this decimal exactly, a BigNumber otherwise. */
export function numberOf(decimal: Decimal): number | BigNumber {
  const double = Number(`${decimal.coefficient}e${decimal.exponent}`);
  if (!Number.isFinite(double)) return new BigNumber(decimal);
  const printed = decimalOf(double);
  const exact = printed.coefficient === decimal.coefficient && printed.exponent === decimal.exponent;
  return exact ? double : new BigNumber(decimal);
}
