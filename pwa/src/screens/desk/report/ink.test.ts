import { describe, expect, it } from 'vitest';
import { drawing } from './ink';

describe('a signature drawn from its points', () => {
  it('follows every point of every stroke', () => {
    const drawn = drawing([
      [0, 0, 5, 10, 20, 9],
      [30, 0, 12, 30, 8, 20, 31, 9, 25],
    ]);
    expect(drawn?.paths).toEqual(['M0 0L10 20', 'M30 0L30 8L31 9']);
  });

  it('shows a dot where the pen only touched', () => {
    expect(drawing([[4, 6, 0]])?.paths).toEqual(['M4 6L4 6']);
  });

  it('keeps the whole signature in view', () => {
    expect(drawing([[-5, 10, 0, 15, 30, 4]])?.viewBox).toBe('-11 4 32 32');
  });

  it('says when there is no ink', () => {
    expect(drawing([])).toBeNull();
    expect(drawing([[]])).toBeNull();
  });
});
