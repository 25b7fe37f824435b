/** The items a supervisor ticked, with a comment each; kept while the report is open. */

import { getContext, setContext } from 'svelte';

import type { Review, ReviewComment } from '../../../model/records';
import type { Shown } from '../../../store/types';
import { earlierRemarks } from './reports';

const KEY = 'remarks';

export interface Target {
  type: string;
  record: string;
  item: string | null;
}

const keyOf = (target: Target) => `${target.record} ${target.item ?? ''}`;

interface Asked {
  /** whether the report waits for a decision of this user */
  readonly open: boolean;
  readonly reviews: Shown<Review>[];
}

export class Remarks {
  readonly #asked: Asked;
  #texts = $state<Record<string, Target & { text: string }>>({});
  list = $derived(Object.values(this.#texts));
  /** All that is ticked says why. */
  complete = $derived(this.list.length > 0 && this.list.every((remark) => remark.text.trim() !== ''));

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  get open(): boolean {
    return this.#asked.open;
  }

  earlier(target: Target): string[] {
    return earlierRemarks(this.#asked.reviews, target);
  }

  has(target: Target): boolean {
    return keyOf(target) in this.#texts;
  }

  text(target: Target): string {
    return this.#texts[keyOf(target)]?.text ?? '';
  }

  toggle(target: Target): void {
    if (this.has(target)) delete this.#texts[keyOf(target)];
    else this.#texts[keyOf(target)] = { ...target, text: '' };
  }

  write(target: Target, text: string): void {
    const remark = this.#texts[keyOf(target)];
    if (remark) remark.text = text;
  }

  clear(): void {
    this.#texts = {};
  }

  comments(): ReviewComment[] {
    return this.list.map(({ type, record, item, text }) => ({ type, record, item, text: text.trim() }));
  }
}

/** `asked` is read again whenever it changes: pass getters. */
export function provideRemarks(asked: Asked): Remarks {
  return setContext(KEY, new Remarks(asked));
}

export function useRemarks(): Remarks {
  return getContext<Remarks>(KEY);
}
