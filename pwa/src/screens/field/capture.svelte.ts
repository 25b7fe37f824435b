/** From the shutter to a saved photo: small, hashed, with its slot, its moment and, if known in time, its place. */

import type { Saving } from '../../components/saving.svelte';
import { compressPhoto, UnreadablePhoto } from '../../media/photo';
import { locate, type Located } from '../../media/place';
import type { Photo } from '../../model/records';
import { addPhoto } from '../../store/actions/photo';
import type { App } from '../../store/types';

/** What a photo is taken for. */
export interface Purpose {
  slot: string;
  checklist?: string;
  item?: string;
}

/** A photo never waits long for a position. */
const PATIENCE_MS = 300;

export class Capture {
  busy = $state(0);
  unreadable = $state(false);
  /** Pictures that could not be saved, kept as long as the page is open. */
  unsaved = $state.raw<{ file: Blob; purpose: Purpose }[]>([]);
  readonly #app: App;
  readonly #saving: Saving;
  readonly #order: () => string;
  #where: Promise<Located> | null = null;

  constructor(app: App, saving: Saving, order: () => string) {
    this.#app = app;
    this.#saving = saving;
    this.#order = order;
  }

  /** Starts to look for the position while the engineer aims. */
  aim(): void {
    this.#where = locate();
  }

  async take(files: Iterable<Blob>, purpose: Purpose): Promise<boolean> {
    let saved = true;
    for (const file of files) saved = (await this.#takeOne(file, purpose)) && saved;
    return saved;
  }

  async retry(): Promise<void> {
    const again = this.unsaved;
    this.unsaved = [];
    for (const { file, purpose } of again) await this.#takeOne(file, purpose);
  }

  async #takeOne(file: Blob, purpose: Purpose): Promise<boolean> {
    this.busy += 1;
    this.unreadable = false;
    try {
      const { blob, ...picture } = await compressPhoto(file);
      const values: Photo = {
        ...picture,
        slot: purpose.slot,
        checklist: purpose.checklist ?? null,
        item: purpose.item ?? null,
        taken_at: this.#app.now(),
        place: await this.#place(),
        caption: null,
      };
      const drafts = addPhoto(this.#order(), this.#app.newId(), values);
      const saved = await this.#saving.commit(drafts, [{ sha256: picture.sha256, blob }]);
      if (!saved) this.unsaved = [...this.unsaved, { file, purpose }];
      return saved;
    } catch (error) {
      if (!(error instanceof UnreadablePhoto)) throw error;
      this.unreadable = true;
      return false;
    } finally {
      this.busy -= 1;
    }
  }

  async #place(): Promise<Photo['place']> {
    const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
    const found = await Promise.race([this.#where, tooLate]);
    return found?.place ?? null;
  }
}
