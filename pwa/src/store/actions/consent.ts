/** The customer's word on one quotation revision, bound to its hash. */

import type { Consent, Quotation } from '../../model/records';
import { appendDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function recordConsent(
  quotation: Shown<Quotation>,
  consent: string,
  word: Omit<Consent, 'quotation' | 'hash'>,
): Draft[] {
  const values = { quotation: quotation.id, hash: quotation.data.hash, ...word };
  return [appendDraft('consent', consent, quotation.root, values)];
}

export function consentOrally(quotation: Shown<Quotation>, consent: string, person: string, reason: string): Draft[] {
  return recordConsent(quotation, consent, {
    decision: 'yes',
    mode: 'oral',
    reason_code: null,
    reason_text: reason,
    person,
    role: null,
    signature: null,
  });
}
