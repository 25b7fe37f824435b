import { describe, expect, it } from 'vitest';
import { toMinor, toText } from './amount';

describe('an amount', () => {
  it.each([
    ['128', 12_800],
    ['128.5', 12_850],
    ['0,05', 5],
    [' 1000.00 ', 100_000],
  ])('typed as %j is %d minor units', (text, minor) => {
    expect(toMinor(text)).toBe(minor);
  });

  it.each(['', 'x', '1.234', '-1', '1e3', '1,000.00'])('is not guessed from %j', (text) => {
    expect(toMinor(text)).toBeNull();
  });

  it('reads back as it was typed', () => {
    expect([0, 5, 12_850].map(toText)).toEqual(['0.00', '0.05', '128.50']);
  });
});
