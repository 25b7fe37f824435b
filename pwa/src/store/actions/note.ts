/** A remark on an order. */

import { appendDraft } from '../drafts';
import type { Draft } from '../types';

export function addNote(order: string, note: string, text: string): Draft[] {
  return [appendDraft('note', note, order, { text: text.trim() })];
}
