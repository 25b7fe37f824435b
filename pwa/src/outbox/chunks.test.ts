import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterChunk, afterFailure, FIRST_CHUNK, LARGEST_CHUNK, SMALLEST_CHUNK } from './chunks';

/** Chunk after chunk on a link of this speed, until the length stays. */
function settled(bytesPerSecond: number): number {
  let length = FIRST_CHUNK;
  for (let count = 0; count < 20; count++) length = afterChunk(length, (length / bytesPerSecond) * 1000);
  return length;
}

describe('a chunk', () => {
  it.each([
    ['2G', 6_250],
    ['a crowded 2G', 1_500],
    ['3G', 50_000],
    ['an office network', 5_000_000],
  ])('on %s takes at most a third of the longest request', (_link, bytesPerSecond) => {
    expect(settled(bytesPerSecond) / bytesPerSecond).toBeLessThan(11);
  });

  it('is as large as the server takes on a fast link, and as small as it gets on a slow one', () => {
    expect(settled(5_000_000)).toBe(LARGEST_CHUNK);
    expect(settled(1_500)).toBe(SMALLEST_CHUNK);
  });

  it('is halved after a failure, never grown, and never becomes nothing', () => {
    expect(afterFailure(LARGEST_CHUNK)).toBe(LARGEST_CHUNK / 2);
    expect(afterFailure(SMALLEST_CHUNK)).toBe(SMALLEST_CHUNK);
  });

  it('stays within its limits whatever the clock says', () => {
    const lengths = fc.integer({ min: 1, max: 16 }).map((steps) => steps * SMALLEST_CHUNK);
    fc.assert(
      fc.property(lengths, fc.integer({ min: -5, max: 10_000_000 }), (length, tookMs) => {
        const next = afterChunk(length, tookMs);
        expect(next % SMALLEST_CHUNK).toBe(0);
        expect(next).toBeGreaterThanOrEqual(SMALLEST_CHUNK);
        expect(next).toBeLessThanOrEqual(Math.min(LARGEST_CHUNK, 2 * length));
      }),
    );
  });
});
