import { describe, expect, it } from 'vitest';
import type { Conflict, Photo, Report, Review, WorkOrder } from '../../../model/records';
import type { Shown } from '../../../store/types';
import { blockers, earlierRemarks, newest, queue, type Order } from './reports';

/** A UUIDv7 whose clock part says `at`. */
const idAt = (at: number, end = '0') =>
  `${at.toString(16).padStart(12, '0')}`.replace(/(.{8})(.{4})/, `$1-$2-7000-8000-00000000000${end}`);

function shown<T>(type: string, id: string, data: object, root = id): Shown<T> {
  const rest = { version: 1, disputed: {}, honest: 'received' as const, pending: [], gone: false };
  return { type, id, root, data: data as T, ...rest };
}
const order = (id: string, state = 'in_review'): Order =>
  shown<WorkOrder>('work_order', id, { number: id, state, received_at: 1 });
const report = (root: string, at: number) => shown<Report>('report', idAt(at), { result: 'done' }, root);
const photo = (stored: boolean) => shown<Photo>('photo', idAt(1), { sha256: 'a', stored });
const conflict = (state: string) => shown<Conflict>('conflict', 'c', { state });

describe('the review queue', () => {
  const reports = { late: [report('late', 2000)], early: [report('early', 1000)] };
  const reportsOf = (root: string) => reports[root as keyof typeof reports] ?? [];

  it('puts first the report that has waited longest', () => {
    const found = queue([order('late'), order('early')], 'review', reportsOf);
    expect(found.map((entry) => entry.order.id)).toEqual(['early', 'late']);
  });

  it('shows only what waits in the chosen state', () => {
    const orders = [order('late', 'returned'), order('early')];
    expect(queue(orders, 'returned', reportsOf).map((entry) => entry.order.id)).toEqual(['late']);
  });

  it('takes the newest of several reports', () => {
    expect(newest([report('a', 5), report('a', 9), report('a', 7)])?.id).toBe(idAt(9));
  });
});

describe('an approval', () => {
  const complete = { report: report('a', 1), photos: [photo(true)], conflicts: [conflict('resolved')] };

  it('is free when everything has arrived and nothing is in conflict', () => {
    expect(blockers(order('a'), complete)).toEqual([]);
  });

  it('waits for every photo and every open conflict, and counts them', () => {
    const evidence = { ...complete, photos: [photo(false), photo(false), photo(true)], conflicts: [conflict('open')] };
    expect(blockers(order('a'), evidence)).toEqual([
      { code: 'photos', count: 2 },
      { code: 'conflicts', count: 1 },
    ]);
  });

  it('needs an order in review with a report', () => {
    const found = blockers(order('a', 'settled'), { ...complete, report: null });
    expect(found.map((one) => one.code)).toEqual(['state', 'report']);
  });
});

describe('a remark of an earlier review', () => {
  const comments = [
    { type: 'checklist', record: 'list', item: 'earth', text: 'measure again' },
    { type: 'photo', record: 'picture', item: null, text: 'blurred' },
  ];
  const reviews = [shown<Review>('review', 'r', { report: 'x', decision: 'return', comments })];

  it('is found where it was pinned, and nowhere else', () => {
    expect(earlierRemarks(reviews, { record: 'list', item: 'earth' })).toEqual(['measure again']);
    expect(earlierRemarks(reviews, { record: 'list', item: 'other' })).toEqual([]);
    expect(earlierRemarks(reviews, { record: 'picture', item: null })).toEqual(['blurred']);
  });
});
