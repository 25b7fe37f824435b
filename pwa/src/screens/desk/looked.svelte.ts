import { untrack } from 'svelte';

/** A form over a record that others may change meanwhile: it is saved against what its author looked at. */
export class Looked<Seen, Form> {
  readonly #now: () => Seen;
  readonly #read: (seen: Seen) => Form;
  at: Seen;
  form: Form;

  constructor(now: () => Seen, read: (seen: Seen) => Form) {
    this.#now = now;
    this.#read = read;
    this.at = $state.raw(untrack(now));
    this.form = $state(untrack(() => read(this.at)));
  }

  /** The record no longer is what the form was opened on. */
  get moved(): boolean {
    return JSON.stringify(this.#read(this.#now())) !== JSON.stringify(this.#read(this.at));
  }

  /** Begins anew from the record as it is. */
  reopen(): void {
    this.at = this.#now();
    this.form = this.#read(this.at);
  }
}
