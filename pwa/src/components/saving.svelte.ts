/** Says whether the last tap is saved, and never before the device's storage said so. */

import { getContext, setContext } from 'svelte';

import { SaveError, type App, type Draft, type NewPhoto, type SaveCode } from '../store/types';

const KEY = 'saving';

/** Long enough to be read, too short to be taken for the next tap's. */
const TOLD_MS = 4000;

type Drafts = Draft[] | (() => Draft[]);

export class Saving {
  phase = $state<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  failure = $state<SaveCode | null>(null);
  /** How many taps were saved since the app was opened. */
  count = $state(0);
  #last: Promise<unknown> = Promise.resolve();
  #told: ReturnType<typeof setTimeout> | undefined;
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Taps are saved one after the other; drafts given as a function see what the tap before them left. */
  commit(drafts: Drafts, photos?: NewPhoto[]): Promise<boolean> {
    const turn = this.#last.then(() => this.#commit(typeof drafts === 'function' ? drafts() : drafts, photos));
    this.#last = turn;
    return turn;
  }

  /** The reader has read why it failed. */
  forget(): void {
    this.phase = 'idle';
    this.failure = null;
  }

  async #commit(drafts: Draft[], photos?: NewPhoto[]): Promise<boolean> {
    if (drafts.length === 0) return true;
    clearTimeout(this.#told);
    this.phase = 'saving';
    this.failure = null;
    try {
      await this.#app.commit(drafts, photos);
      this.phase = 'saved';
      this.count += 1;
      this.#told = setTimeout(() => (this.phase = 'idle'), TOLD_MS);
      return true;
    } catch (error) {
      this.failure = error instanceof SaveError ? error.code : 'storage_failed';
      this.phase = 'failed';
      return false;
    }
  }
}

export function provideSaving(app: App): Saving {
  return setContext(KEY, new Saving(app));
}

export function useSaving(): Saving {
  return getContext<Saving>(KEY);
}
