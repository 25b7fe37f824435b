/** What a supervisor decides about work that was not applied: as it is, in his words, or not at all. */

import type { Data } from '../../outbox/operation';
import { dismissDraft, unparkDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function applyParked(parked: Shown): Draft[] {
  return [unparkDraft(parked)];
}

/** `edited` is a body for the same `do`; the operation stays its author's. */
export function applyEdited(parked: Shown, edited: Data, reason: string): Draft[] {
  return [unparkDraft(parked, { edited, reason })];
}

export function dismissParked(parked: Shown, reason: string): Draft[] {
  return [dismissDraft(parked, reason)];
}
