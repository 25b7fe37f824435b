import { describe, expect, it } from 'vitest';
import type { Report, WorkOrder } from '../../model/records';
import type { Shown } from '../types';
import { approveReport, returnReport } from './review';

function shown<T>(type: string, id: string, data: object): Shown<T> {
  const rest = { version: 1, disputed: {}, honest: 'received' as const, pending: [], gone: false };
  return { type, id, root: 'order', data: data as T, ...rest };
}
const order = shown<WorkOrder>('work_order', 'order', { state: 'in_review' });
const report = shown<Report>('report', 'report', { result: 'done' });

describe('a decision on a report', () => {
  it('is the review and the step it causes, together', () => {
    const drafts = approveReport(order, report, 'review');
    expect(drafts.map((draft) => draft.do)).toEqual(['append', 'transition']);
    expect(drafts[1]?.body).toEqual({ name: 'approve', from: 'in_review' });
  });

  it('carries every comment to the item it is about', () => {
    const comment = { type: 'checklist', record: 'list', item: 'earth', text: '请重测' };
    const [review, step] = returnReport(order, report, 'review', [comment]);
    expect(review?.body).toEqual({ values: { report: 'report', decision: 'return', comments: [comment] } });
    expect(step?.body).toMatchObject({ name: 'return' });
  });
});
