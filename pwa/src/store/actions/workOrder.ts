/** What an engineer does to an order: take a step, put it on hold, go on. The desk holds it and lets it go on alike. */

import type { VisitEvent, WorkOrder } from '../../model/records';
import { appendDraft, setDraft, transitionDraft } from '../drafts';
import type { Draft, Shown } from '../types';

type Order = Shown<WorkOrder>;

/** The order moves and the visit remembers when and where, as one group. */
export function takeStep(order: Order, name: string, visitEvent: string, where: Partial<VisitEvent> = {}): Draft[] {
  const values = { kind: name, place: null, place_missing: null, reason: null, ...where };
  return [transitionDraft(order, name), appendDraft('visit_event', visitEvent, order.id, values)];
}

export interface Hold {
  reason: string;
  until: string | null;
  /** the customer was told */
  told: boolean;
}

export function holdOrder(order: Order, visitEvent: string, { reason, until, told }: Hold): Draft[] {
  const why = setDraft(order, { hold_reason: reason, hold_until: until, hold_told: told || null });
  return [why, ...takeStep(order, 'hold', visitEvent, { reason })];
}
