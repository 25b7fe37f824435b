/** How satisfied the customer is; who gives no score is recorded as having declined. */

import { appendDraft } from '../drafts';
import type { Draft } from '../types';

export function rate(order: string, rating: string, score: number | null, signature: string): Draft[] {
  const declined = score === null ? true : null;
  return [appendDraft('rating', rating, order, { score, declined, comment: null, signature })];
}
