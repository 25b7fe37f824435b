/** How many bytes of a photo go in one request: what the link carries in a few seconds, so that a cut costs little. */

export const SMALLEST_CHUNK = 16 * 1024;
export const FIRST_CHUNK = 32 * 1024;
export const LARGEST_CHUNK = 256 * 1024;

const AIM_MS = 5_000;

/** At most twice as many as before, in whole steps. */
export function afterChunk(length: number, tookMs: number): number {
  const carried = Math.min(2 * length, (length * AIM_MS) / Math.max(tookMs, 1));
  const steps = Math.floor(carried / SMALLEST_CHUNK);
  return Math.min(LARGEST_CHUNK, Math.max(1, steps) * SMALLEST_CHUNK);
}

export function afterFailure(length: number): number {
  return Math.max(SMALLEST_CHUNK, length / 2);
}
