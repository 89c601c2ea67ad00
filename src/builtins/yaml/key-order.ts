import { compareStrings } from '../../values/index.ts';

/** Orders keys as go-yaml does: numbers in them by size, letters after other characters. */
export function compareKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  let afterDigit = false;
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i]!;
    const y = right[i]!;
    if (x === y) {
      afterDigit = isDigit(x);
      continue;
    }
    const letters = [isLetter(x), isLetter(y)];
    if (letters[0] && letters[1]) return compareStrings(x, y);
    if (letters[0] || letters[1]) return letters[0] === afterDigit ? -1 : 1;
    return compareNumbers(left, right, i) || compareStrings(x, y);
  }
  return left.length - right.length;
}

/** Compares the numbers that go through or begin at a place. */
function compareNumbers(left: readonly string[], right: readonly string[], at: number): number {
  let start = '';
  if (left[at] === '0' || right[at] === '0')
    for (let i = at - 1; i >= 0 && isDigit(left[i]!) && start === ''; i--) if (left[i] !== '0') start = '1';
  const x = start + digitsAt(left, at);
  const y = start + digitsAt(right, at);
  const difference = BigInt(x || 0) - BigInt(y || 0);
  return difference < 0n ? -1 : difference > 0n ? 1 : x.length - y.length;
}

function digitsAt(characters: readonly string[], from: number): string {
  let to = from;
  while (to < characters.length && to - from < 18 && /^\d$/u.test(characters[to]!)) to++;
  return characters.slice(from, to).join('');
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character);
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}
