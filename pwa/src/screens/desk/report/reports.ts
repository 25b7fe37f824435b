/** The review queue and what stands in the way of an approval: pure reading of records. */

import type { Conflict, Photo, Report, Review, WorkOrder } from '../../../model/records';
import type { Shown } from '../../../store/types';
import { madeAt } from '../names';

export type Order = Shown<WorkOrder>;

export const FILTERS = {
  review: ['in_review'],
  arriving: ['reported'],
  returned: ['returned'],
  archived: ['archived'],
} as const;
export type Filter = keyof typeof FILTERS;

export interface Entry {
  order: Order;
  report: Shown<Report> | null;
  /** when the engineer submitted it, by his device */
  reportedAt: number;
}

export interface Blocker {
  code: 'state' | 'report' | 'photos' | 'conflicts';
  count: number;
}

export function newest<T>(records: Shown<T>[]): Shown<T> | null {
  return records.reduce<Shown<T> | null>((best, one) => (best && madeAt(best.id) > madeAt(one.id) ? best : one), null);
}

export function filterOf(state: string): Filter | null {
  const found = Object.entries(FILTERS).find(([, states]) => (states as readonly string[]).includes(state));
  return (found?.[0] as Filter | undefined) ?? null;
}

/** Oldest first: who has waited longest is looked at next. */
export function queue(orders: Order[], filter: Filter, reportsOf: (root: string) => Shown<Report>[]): Entry[] {
  return orders
    .filter((order) => filterOf(order.data.state) === filter)
    .map((order) => entry(order, newest(reportsOf(order.id))))
    .sort((a, b) => a.reportedAt - b.reportedAt);
}

function entry(order: Order, report: Shown<Report> | null): Entry {
  return { order, report, reportedAt: report ? madeAt(report.id) : order.data.received_at };
}

export function missingPhotos(photos: Shown<Photo>[]): Shown<Photo>[] {
  return photos.filter((photo) => !photo.gone && photo.data.stored !== true);
}

export function openConflicts(conflicts: Shown<Conflict>[]): Shown<Conflict>[] {
  return conflicts.filter((conflict) => conflict.data.state === 'open');
}

export interface Evidence {
  report: Shown<Report> | null;
  photos: Shown<Photo>[];
  conflicts: Shown<Conflict>[];
}

/** Everything that keeps this order from being approved, each with a number to say. */
export function blockers(order: Order, evidence: Evidence): Blocker[] {
  const counts: Record<Blocker['code'], number> = {
    state: order.data.state === 'in_review' ? 0 : 1,
    report: evidence.report ? 0 : 1,
    photos: missingPhotos(evidence.photos).length,
    conflicts: openConflicts(evidence.conflicts).length,
  };
  const all = Object.entries(counts) as [Blocker['code'], number][];
  return all.filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }));
}

/** What earlier reviews said about one thing, so that a correction can be compared with the comment. */
export function earlierRemarks(reviews: Shown<Review>[], target: { record: string; item: string | null }): string[] {
  return reviews
    .flatMap((review) => review.data.comments ?? [])
    .filter((comment) => comment.record === target.record && (comment.item ?? null) === target.item)
    .map((comment) => comment.text);
}
