/** How long to wait after a failure, for text and photos alike: exponential, with full jitter. */

export interface Failure {
  /** Nothing came back in time: whatever is overloaded gets a longer rest. */
  timedOut: boolean;
  /** What the server asked for; null if it named no time. */
  retryAfterMs: number | null;
}

const LEAST_MS = 1_000;
const LEAST_AFTER_TIMEOUT_MS = 5_000;
const FIRST_SPREAD_MS = 2_000;
const LONGEST_SPREAD_MS = 5 * 60_000;

/**
 * `attempt` counts the failures in a row before this one, `random` is in [0, 1).
 * A time that the server named is kept, and spread over as much again: it told many others the same.
 */
export function backoff(attempt: number, { timedOut, retryAfterMs }: Failure, random: number): number {
  const named = retryAfterMs ?? 0;
  const least = Math.max(named, timedOut ? LEAST_AFTER_TIMEOUT_MS : LEAST_MS);
  const grown = Math.min(LONGEST_SPREAD_MS, FIRST_SPREAD_MS * 2 ** Math.min(attempt, 20));
  return least + Math.floor(random * Math.max(grown, named));
}
