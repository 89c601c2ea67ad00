import { describe, expect, it } from 'vitest';
import { licenseChoices, parseLicenseExpression } from '../../src/images/index.ts';

function choicesOf(text: string) {
  const expression = parseLicenseExpression(text);
  return expression && licenseChoices(expression)?.map(choice => choice.join(' & '));
}

describe('licence expressions', () => {
  it.each([
    ['MIT', ['MIT']],
    ['GPL-2.0+', ['GPL-2.0+']],
    ['LicenseRef-Acme', ['LicenseRef-Acme']],
    [
      'DocumentRef-spdx-tool-1.2:LicenseRef-MIT-Style-2',
      ['DocumentRef-spdx-tool-1.2:LicenseRef-MIT-Style-2'],
    ],
    ['MIT OR Apache-2.0', ['MIT', 'Apache-2.0']],
    ['MIT OR Apache-2.0 AND BSD-3-Clause', ['MIT', 'Apache-2.0 & BSD-3-Clause']],
    ['(MIT OR A) AND (B OR C)', ['MIT & B', 'MIT & C', 'A & B', 'A & C']],
    [
      'GPL-2.0-only WITH Classpath-exception-2.0 AND MIT',
      ['GPL-2.0-only WITH Classpath-exception-2.0 & MIT'],
    ],
    ['MIT AND MIT', ['MIT']],
    ['((MIT))', ['MIT']],
  ])('%s', (text, choices) => {
    expect(choicesOf(text)).toEqual(choices);
  });

  it.each([
    '',
    'MIT Apache-2.0',
    'MIT OR',
    'AND MIT',
    'MIT And X',
    'MIT and X',
    '(MIT',
    'MIT)',
    '()',
    'MIT WITH',
    'MIT WITH (X)',
    '(MIT) WITH X',
    'MIT/X11',
    'DocumentRef-a:MIT',
    'GPL-2.0++',
    `${'('.repeat(60)}MIT${')'.repeat(60)}`,
    `MIT${' OR MIT'.repeat(2_000)}`,
  ])('%s is none', text => {
    expect(parseLicenseExpression(text)).toBeUndefined();
  });

  it('with more choices than anyone has are not taken apart', () => {
    const text = Array.from({ length: 11 }, (_, i) => `(A${i} OR B${i})`).join(' AND ');
    expect(licenseChoices(parseLicenseExpression(text)!)).toBeUndefined();
  });
});
