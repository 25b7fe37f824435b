/** One try to reach a customer: who was spoken to and what he said, or why nobody was. */

import type { CallbackAttempt } from '../../model/records';
import { appendDraft } from '../drafts';
import type { Draft } from '../types';

export function addAttempt(callback: string, attempt: string, values: CallbackAttempt): Draft[] {
  return [appendDraft('callback_attempt', attempt, callback, values)];
}
