/** A timer of the browser: one at a time. */

/** Rings once; setting it again forgets the time before. */
export class Alarm {
  private timer: ReturnType<typeof setTimeout> | undefined;

  set(ms: number | null, ring: () => void = () => {}): void {
    clearTimeout(this.timer);
    if (ms !== null) this.timer = setTimeout(ring, ms);
  }
}
