/** Where the order stands with its quotations, for the screens. */

import type { Consent, Quotation } from '../../model/records';
import type { Shown } from '../../store/types';
import type { Visit } from './visit';

export function newest(visit: Visit): Shown<Quotation> | undefined {
  return visit.quotations.at(-1);
}

/** The customer's last word on exactly this content. */
export function decisionOn(visit: Visit, quotation: Shown<Quotation>): Shown<Consent> | undefined {
  const { hash } = quotation.data;
  return visit.consents.filter(({ data }) => data.quotation === quotation.id && data.hash === hash).at(-1);
}

/** A revision that was shown and waits for the customer's word. */
export function waiting(visit: Visit): Shown<Quotation> | undefined {
  const last = newest(visit);
  return last?.data.state === 'presented' && !decisionOn(visit, last) ? last : undefined;
}
