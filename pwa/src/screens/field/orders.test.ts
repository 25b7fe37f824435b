import { describe, expect, it } from 'vitest';

import type { App } from '../../store/types';
import { byUrgency, isLater, isMine, pressure, type Order, type Slip } from './orders';

const MINUTE = 60_000;

function order(id: string, data: Partial<Order['data']> = {}): Order {
  return { id, data: { state: 'dispatched', priority: 'general', ...data } } as Order;
}
function slip(id: string, priority: string, due: number | null): Slip {
  return { order: order(id, { priority }), due: due === null ? null : { name: 'respond', due_at: due } } as Slip;
}

describe("the engineer's day", () => {
  it('begins with urgent orders, each group by the time that is left', () => {
    const day = [slip('a', 'general', 1), slip('b', 'urgent', 9), slip('c', 'urgent', 2), slip('d', 'general', null)];
    expect(day.sort(byUrgency).map(({ order }) => order.id)).toEqual(['c', 'b', 'a', 'd']);
  });

  it('holds what is assigned to him and what he helps with', () => {
    expect(isMine(order('a', { assignee: 'me' }), 'me')).toBe(true);
    expect(isMine(order('a', { assignee: 'other', crew: ['me'] }), 'me')).toBe(true);
    expect(isMine(order('a', { assignee: 'other' }), 'me')).toBe(false);
  });
});

describe('a round that waits for its window', () => {
  const places: Record<string, unknown> = { tokyo: { data: { timezone: 'Asia/Tokyo' } } };
  const app = { get: (_: string, id: string) => places[id] } as unknown as App;
  const round = (data: Partial<Order['data']>) => order('a', { type: 'patrol', opens_on: '2026-03-02', ...data });
  const at = (time: string) => Date.parse(`2026-03-01T${time}Z`);

  it('is for later until the day on which its window opens at its site', () => {
    expect([at('15:59'), at('16:00')].map((now) => isLater(app, round({}), now))).toEqual([true, false]);
    expect([at('14:59'), at('15:00')].map((now) => isLater(app, round({ site: 'tokyo' }), now))).toEqual([true, false]);
  });

  it('goes by the company where the browser has no such zone', () => {
    places.nowhere = { data: { timezone: 'Factory' } };
    expect(isLater(app, round({ site: 'nowhere' }), at('15:59'))).toBe(true);
  });

  it('is for now once it was begun, as every other order is', () => {
    for (const state of ['accepted', 'departed', 'arrived', 'diagnosing']) {
      expect(isLater(app, round({ state }), at('00:00')), state).toBe(false);
    }
    expect(isLater(app, round({ type: 'repair_general' }), at('00:00'))).toBe(false);
  });
});

describe('time left', () => {
  it('is calm, then short, then over', () => {
    const due = { name: 'arrive', due_at: 200 * MINUTE };
    expect([0, 141, 200].map((minute) => pressure(due, minute * MINUTE))).toEqual(['calm', 'soon', 'over']);
  });
});
