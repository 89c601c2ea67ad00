import { describe, expect, it } from 'vitest';
import { Sealer } from '../../src/store/index.ts';

const key = (character: string) => btoa(character.repeat(32));
const purpose = { org: 'acme', kind: 'registry', name: 'ghcr.io' };
const sealer = new Sealer(key('a'));

describe('a sealed text', () => {
  it('opens for what it was sealed for', async () => {
    const sealed = await sealer.seal('secret ä', purpose);
    expect(sealed).not.toContain('secret');
    expect(await new Sealer(key('a')).open(sealed, purpose)).toBe('secret ä');
  });

  it('is another each time', async () => {
    expect(await sealer.seal('x', purpose)).not.toBe(await sealer.seal('x', purpose));
  });

  it.each([
    { ...purpose, org: 'evil' },
    { ...purpose, kind: 'signing-key' },
    { ...purpose, name: 'quay.io' },
  ])('does not open for %j', async other => {
    await expect(sealer.open(await sealer.seal('x', purpose), other)).rejects.toThrow();
  });

  it('does not open by another key, nor damaged, nor cut short', async () => {
    const sealed = await sealer.seal('x', purpose);
    await expect(new Sealer(key('b')).open(sealed, purpose)).rejects.toThrow();
    const damaged = sealed.slice(0, -6) + (sealed.at(-6) === 'A' ? 'B' : 'A') + sealed.slice(-5);
    await expect(sealer.open(damaged, purpose)).rejects.toThrow();
    for (const short of ['', sealed.slice(0, 16)])
      await expect(sealer.open(short, purpose)).rejects.toThrow();
  });
});

it.each(['', 'x', btoa('a'.repeat(16)), btoa('a'.repeat(33))])('%j is no key', text => {
  expect(() => new Sealer(text)).toThrow(RangeError);
});
