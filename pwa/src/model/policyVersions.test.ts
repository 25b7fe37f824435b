import { describe, expect, it } from 'vitest';
import { dayRefusal, earliestDay, inForce, standing } from './policyVersions';

const NOON = Date.parse('2026-11-22T04:00:00Z');

function version(key: string, number: number, valid_from?: string, made_at = NOON - 1) {
  return { id: `${key}${number}`, data: { key, version: number, valid_from, made_at } };
}

const first = version('a', 1);
const second = version('a', 2, '2026-12-01');

describe('the versions of a policy (R-005)', () => {
  it('are offered for a new order as they hold when it is received', () => {
    const all = [version('b', 1), second, first];
    const thatDay = Date.parse('2026-12-01T00:00:00Z');
    expect(inForce(all, NOON).map(({ id }) => id)).toEqual(['a1', 'b1']);
    expect(inForce(all, thatDay).map(({ id }) => id)).toEqual(['a2', 'b1']);
  });

  it('say which one holds today, which comes, and which was replaced', () => {
    const all = [version('a', 0), first, second];
    expect(all.map((one) => standing(one, all, NOON))).toEqual(['replaced', 'holds', 'comes']);
  });

  it('say of one that a newer one overtakes that it never comes', () => {
    const all = [first, second, version('a', 3, '2026-12-01')];
    expect(all.map((one) => standing(one, all, NOON))).toEqual(['holds', 'replaced', 'comes']);
  });

  it('take no next one from a day before the newest holds', () => {
    expect(dayRefusal([first, second], '2026-11-30')).toMatchObject({ reason: 'before_the_newest_version' });
    expect(dayRefusal([first, second], '2026-12-01')).toBeNull();
    expect(dayRefusal([first, second], '')).toMatchObject({ reason: 'no_such_day' });
  });

  it('begin with the day a version was made where none was named', () => {
    expect(earliestDay([first])).toBe('2026-11-22');
  });
});
