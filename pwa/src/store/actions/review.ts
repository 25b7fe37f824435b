/** A supervisor's decision on a report: the word and the step it causes are one group. */

import type { Report, ReviewComment, WorkOrder } from '../../model/records';
import { appendDraft, transitionDraft } from '../drafts';
import type { Draft, Shown } from '../types';

type Order = Shown<WorkOrder>;

export function approveReport(order: Order, report: Shown<Report>, review: string): Draft[] {
  const values = { report: report.id, decision: 'approve', comments: [] };
  return [appendDraft('review', review, order.id, values), transitionDraft(order, 'approve')];
}

/** Every comment names what it is about, so that the engineer's phone can pin it there. */
export function returnReport(order: Order, report: Shown<Report>, review: string, comments: ReviewComment[]): Draft[] {
  const values = { report: report.id, decision: 'return', comments };
  return [appendDraft('review', review, order.id, values), transitionDraft(order, 'return')];
}
