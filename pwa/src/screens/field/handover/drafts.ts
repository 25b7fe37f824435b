/** What one word of the customer makes, as one group: the signature, and the consent or the rating with it. */

import { recordConsent } from '../../../store/actions/consent';
import { rate } from '../../../store/actions/rating';
import { sign } from '../../../store/actions/signature';
import type { Draft } from '../../../store/types';
import { newest } from '../quote';
import type { Visit } from '../visit';
import type { Document } from './content';
import type { Statement, Word } from './statement';

export function draftsOf(
  visit: Visit,
  document: Document,
  word: Word,
  statement: Statement,
  ink: number[][],
  newId: () => string,
): Draft[] {
  const signature = newId();
  const signed = sign(visit.order.id, signature, statement, ink);
  if (document === 'quotation') return [...signed, ...consent(visit, word, signature, ink, newId)];
  const score = word.rating === 'declined' || word.rating === '' ? null : Number(word.rating);
  return [...signed, ...rate(visit.order.id, newId(), score, signature)];
}

/** An absent customer decided nothing: the revision goes on waiting. */
function consent(visit: Visit, word: Word, signature: string, ink: number[][], newId: () => string): Draft[] {
  const quotation = newest(visit);
  if (!quotation || word.act === 'absent') return [];
  return recordConsent(quotation, newId(), {
    decision: word.act === 'refuse' ? 'no' : 'yes',
    mode: ink.length ? 'written' : 'oral',
    reason_code: word.reason_code || null,
    reason_text: word.remarks || null,
    person: word.signer.name || null,
    role: word.signer.role || null,
    signature,
  });
}
