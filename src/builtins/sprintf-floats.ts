/** A magnitude as 0.DIGITS × 10^point; the digits end in no zero, and zero has none. */
interface Digits {
  readonly digits: string;
  readonly point: number;
}

/**
 * A double's magnitude as Go's `strconv.FormatFloat` writes it for `verb` (one of b e E f g G x X).
 * Without a precision, as few digits as tell the double from others.
 */
export function formatMagnitude(magnitude: number, verb: string, precision: number | undefined): string {
  switch (verb) {
    case 'b':
      return binary(magnitude);
    case 'x':
    case 'X':
      return hexadecimal(magnitude, verb, precision);
    case 'f': {
      const digits = precision === undefined ? shortest(magnitude) : exact(magnitude);
      if (precision === undefined)
        return positional(digits, Math.max(digits.digits.length - digits.point, 0));
      return positional(rounded(digits, digits.point + precision), precision);
    }
    case 'e':
    case 'E': {
      if (precision === undefined) return exponential(shortest(magnitude), verb);
      return exponential(rounded(exact(magnitude), precision + 1), verb, precision);
    }
    default:
      return general(magnitude, verb === 'G' ? 'E' : 'e', precision);
  }
}

/** Whichever of the two forms suits the size: an exponent below 10^-4, and from 10^precision on (10^6 without one). */
function general(magnitude: number, verb: string, precision: number | undefined): string {
  const digits =
    precision === undefined ? shortest(magnitude) : rounded(exact(magnitude), Math.max(precision, 1));
  const length = digits.digits.length;
  let limit = precision === undefined ? 6 : Math.max(precision, 1);
  if (precision !== undefined && limit > length && length >= digits.point) limit = length;
  const exponent = digits.point - 1;
  if (exponent < -4 || exponent >= limit) return exponential(digits, verb);
  return positional(digits, Math.max(length - digits.point, 0));
}

/** `places` digits after the point. */
function positional({ digits, point }: Digits, places: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (places === 0) return whole;
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, places)) + digits;
  return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`;
}

/** One digit before the point, `places` after it: as many as there are where it is left out. */
function exponential(value: Digits, verb: string, places: number = value.digits.length - 1): string {
  const { digits, point } = value;
  const exponent = digits === '' ? 0 : point - 1;
  const fraction = places > 0 ? `.${digits.slice(1).padEnd(places, '0')}` : '';
  return `${digits[0] ?? '0'}${fraction}${verb}${signedExponent(exponent)}`;
}

function signedExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** As few digits as tell the double from others. */
function shortest(magnitude: number): Digits {
  if (magnitude === 0) return { digits: '', point: 0 };
  const [mantissa, exponent] = magnitude.toExponential().split('e');
  return { digits: mantissa!.replace('.', ''), point: Number(exponent) + 1 };
}

/** All the digits of the double's exact value. */
function exact(magnitude: number): Digits {
  const { mantissa, exponent } = bitsOf(magnitude);
  const scaled = exponent < 0 ? mantissa * 5n ** BigInt(-exponent) : mantissa << BigInt(exponent);
  if (scaled === 0n) return { digits: '', point: 0 };
  const digits = String(scaled);
  return { digits: trimZeros(digits), point: digits.length + Math.min(exponent, 0) };
}

/** So many leading digits, half to even; none or fewer than none may round up to one. */
function rounded(value: Digits, count: number): Digits {
  const { digits, point } = value;
  if (count >= digits.length) return value;
  if (count < 0) return { digits: '', point: 0 };
  const kept = digits.slice(0, count);
  if (!roundsUp(digits, count)) return { digits: trimZeros(kept), point: kept === '' ? 0 : point };
  const raised = String(BigInt(kept || '0') + 1n);
  return { digits: trimZeros(raised), point: point + (raised.length > count ? 1 : 0) };
}

function roundsUp(digits: string, count: number): boolean {
  if (digits[count] === '5' && digits.length === count + 1) {
    return count > 0 && Number(digits[count - 1]) % 2 === 1;
  }
  return digits[count]! >= '5';
}

function trimZeros(digits: string): string {
  let length = digits.length;
  while (length > 0 && digits[length - 1] === '0') length--;
  return digits.slice(0, length);
}

/** A double as 53 bits, or fewer below the least normal one, times a power of two. */
function bitsOf(magnitude: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, magnitude);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

function binary(magnitude: number): string {
  const { mantissa, exponent } = bitsOf(magnitude);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

/** 0x1.8p+01: a leading 1, hexadecimal digits after it, a power of two. */
function hexadecimal(magnitude: number, verb: string, precision: number | undefined): string {
  let { mantissa, exponent } = bitsOf(magnitude);
  exponent = mantissa === 0n ? 0 : exponent + 52;
  while (mantissa !== 0n && mantissa >> 52n === 0n) {
    mantissa <<= 1n;
    exponent--;
  }
  if (precision !== undefined && precision < 13) {
    const lost = BigInt(52 - precision * 4);
    const half = 1n << (lost - 1n);
    const kept = mantissa >> lost;
    const rest = mantissa - (kept << lost);
    mantissa = (rest > half || (rest === half && (kept & 1n) === 1n) ? kept + 1n : kept) << lost;
    if (mantissa >> 53n !== 0n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const all = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const fraction = precision === undefined ? trimZeros(all) : all.slice(0, precision).padEnd(precision, '0');
  const text = `0x${mantissa >> 52n}${fraction === '' ? '' : `.${fraction}`}p${signedExponent(exponent)}`;
  return verb === 'X' ? text.toUpperCase() : text;
}
