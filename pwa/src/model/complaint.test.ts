import { describe, expect, it } from 'vitest';

import { isAudited } from './complaint';
import type { Complaint } from './records';

const complaint = (received: string, state = 'opened') =>
  ({ state, received_at: Date.parse(received) }) as unknown as Complaint;

describe('the record of a complaint', () => {
  it.each([
    ['Asia/Shanghai', '2026-10-31T16:00:00Z'],
    ['Asia/Tokyo', '2026-10-31T15:00:00Z'],
    ['America/New_York', '2026-11-01T04:00:00Z'],
  ])('is to be whole from the midnight on that ends its month in %s', (zone, midnight) => {
    const [october, ends] = [complaint('2026-10-15T00:00:00Z'), Date.parse(midnight)];
    expect([ends - 1, ends].map((now) => isAudited(october, now, zone))).toEqual([false, true]);
  });

  it('belongs to the month in which it was received in that zone', () => {
    const [edge, november] = [complaint('2026-10-31T16:00:00Z'), Date.UTC(2026, 10, 15)];
    expect(isAudited(edge, november, 'Asia/Shanghai')).toBe(false);
    expect(isAudited(edge, november, 'Europe/Berlin')).toBe(true);
  });

  it('goes on from December to January', () => {
    const midnight = Date.parse('2026-12-31T16:00:00Z');
    const december = complaint('2026-12-31T15:59:59Z');
    expect([midnight - 1, midnight].map((now) => isAudited(december, now, 'Asia/Shanghai'))).toEqual([false, true]);
  });

  it('is to be whole at once when it is closed', () => {
    const received = '2026-10-15T00:00:00Z';
    expect(isAudited(complaint(received, 'closed'), Date.parse(received), 'Asia/Shanghai')).toBe(true);
  });
});
