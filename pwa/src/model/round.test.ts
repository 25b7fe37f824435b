import { describe, expect, it } from 'vitest';

import type { WorkOrder } from './records';
import { dueOfRound, isRound, midnightAfter } from './round';

const round = (state: string) => ({ type: 'patrol', state, closes_on: '2026-11-25' }) as WorkOrder;
const report = (state: string) => ({ name: 'report', state, due_at: 7_000 });

describe('a round', () => {
  it('is a patrol, planned or special, and nothing else', () => {
    expect(['patrol', 'special_patrol', 'repair_general'].map((type) => isRound({ type }))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('must be begun before its window closes at midnight on site (R-164)', () => {
    const due = dueOfRound(round('dispatched'), 'Asia/Shanghai', []);
    expect(new Date(due!.due_at!).toISOString()).toBe('2026-11-25T16:00:00.000Z');
  });

  it('closes by the clocks of the company where the site names no zone that exists', () => {
    const due = (zone: string | null) => dueOfRound(round('dispatched'), zone, [])?.due_at;
    expect([due(null), due('Nowhere/Land')]).toEqual([due('Asia/Shanghai'), due('Asia/Shanghai')]);
  });

  it('owes its report from the signature on, until it is met', () => {
    expect(dueOfRound(round('settled'), 'Asia/Shanghai', [report('running')])?.due_at).toBe(7_000);
    expect(dueOfRound(round('settled'), 'Asia/Shanghai', [report('met')])).toBeNull();
    expect(dueOfRound(round('diagnosing'), 'Asia/Shanghai', [])).toBeNull();
  });
});

describe('the midnight that ends a day', () => {
  it('follows the clocks of the place, also where they change that night', () => {
    const utc = (day: string) => new Date(midnightAfter(day, 'Europe/Berlin')).toISOString();
    expect(utc('2026-03-28')).toBe('2026-03-28T23:00:00.000Z');
    expect(utc('2026-03-29')).toBe('2026-03-29T22:00:00.000Z');
  });
});
