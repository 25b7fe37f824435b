/** How satisfied the customer is; a declined rating is recorded as such. */

import { appendDraft } from '../drafts';
import type { Draft } from '../types';

export function rate(order: string, rating: string, score: number | null, signature: string): Draft[] {
  return [appendDraft('rating', rating, order, { score, comment: null, signature })];
}
