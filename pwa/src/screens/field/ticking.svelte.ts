/** The time, once every half minute: enough for minutes that run out. */

const EVERY_MS = 30_000;

export function ticking(clock: () => number): { readonly at: number } {
  let at = $state(clock());
  $effect(() => {
    const timer = setInterval(() => (at = clock()), EVERY_MS);
    return () => clearInterval(timer);
  });
  return {
    get at() {
      return at;
    },
  };
}
