/** What a dispatcher does: a new order, who goes and when, calling it off and taking that back. */

import type { WorkOrder } from '../../model/records';
import { createDraft, setDraft, transitionDraft } from '../drafts';
import type { Draft, Shown } from '../types';

type Order = Shown<WorkOrder>;

export interface Dispatch {
  assignee: string | null;
  appointment_start: number | null;
  appointment_end: number | null;
}

export function newOrder(order: string, values: Partial<WorkOrder>): Draft[] {
  return [createDraft('work_order', order, order, values)];
}

/** Assignee and appointment travel together: half of an old appointment with a new engineer helps nobody. */
export function dispatchOrder(order: Order, dispatch: Dispatch, crew: string[]): Draft[] {
  const assigned = { ...dispatch };
  const others = crew.filter((user) => user !== dispatch.assignee).sort();
  const changed = JSON.stringify(others) !== JSON.stringify(order.data.crew ?? []);
  return [setDraft(order, changed ? { ...assigned, crew: others } : assigned)];
}

export function cancelOrder(order: Order, reason: string): Draft[] {
  return [setDraft(order, { cancel_reason: reason }), transitionDraft(order, 'cancel')];
}

/** The order goes on where it was cancelled. */
export function reopenOrder(order: Order): Draft[] {
  return [transitionDraft(order, 'reopen')];
}
