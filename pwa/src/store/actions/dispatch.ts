/** What a dispatcher does: a new order, how grave it is, who goes and when, calling it off and taking that back. */

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

/**
 * Assignee and appointment travel together: half of an old appointment with a new engineer helps nobody. Who left them
 * as they were sends nothing of them, and who left the crew nothing of it.
 */
export function dispatchOrder(order: Order, dispatch: Dispatch, crew: string[]): Draft[] {
  const others = crew.filter((user) => user !== dispatch.assignee).sort();
  const names = Object.keys(dispatch) as (keyof Dispatch)[];
  const moved = names.some((name) => (order.data[name] ?? null) !== dispatch[name]);
  const changed = JSON.stringify(others) !== JSON.stringify(order.data.crew ?? []);
  const values = { ...(moved && dispatch), ...(changed && { crew: others }) };
  return moved || changed ? [setDraft(order, values)] : [];
}

export type Triage = Record<'priority' | 'severity' | 'grade' | 'case' | 'region_band' | 'region_reason', string>;

/** What was left as it was is not sent: the other's judgement stays his. */
export function triageOrder(order: Order, triage: Triage): Draft[] {
  const fields = Object.keys(triage) as (keyof Triage)[];
  const changed = fields.filter((field) => (order.data[field] ?? '') !== triage[field]);
  if (changed.length === 0) return [];
  return [setDraft(order, Object.fromEntries(changed.map((field) => [field, triage[field] || null])))];
}

export function cancelOrder(order: Order, reason: string): Draft[] {
  return [setDraft(order, { cancel_reason: reason }), transitionDraft(order, 'cancel')];
}

/** The order goes on where it was cancelled. */
export function reopenOrder(order: Order): Draft[] {
  return [transitionDraft(order, 'reopen')];
}
