import { describe, expect, it } from 'vitest';

import { soonest } from '../../../model/sla';
import type { Order } from './orders';

describe('the orders of a branch', () => {
  it('come with what is due first, and last what has no deadline', () => {
    const due = new Map<string, number>([
      ['late', 1],
      ['later', 2],
    ]);
    const orders = ['none', 'later', 'late'].map((id) => ({ id }) as Order);
    const sorted = soonest(orders, ({ id }) => (due.has(id) ? { name: 'response', due_at: due.get(id)! } : null));
    expect(sorted.map(({ id }) => id)).toEqual(['late', 'later', 'none']);
  });
});
