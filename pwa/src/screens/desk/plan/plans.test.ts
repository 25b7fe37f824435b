import { describe, expect, it } from 'vitest';

import { workDays } from '../../../model/calendar';
import type { PatrolPlan } from '../../../model/records';
import { planRefusal } from '../../../model/recurrence';
import { nextDue, outlook, planState, type Around } from './plans';

const CALENDAR = { weekdays: [0, 1, 2, 3, 4], holidays: ['2026-10-01'], workdays: [], years: [2026] };

function plan(changes: Partial<PatrolPlan> = {}): PatrolPlan {
  const about = { branch: 'b', name: '月度巡检', customer: 'c', site: 's', template: 't', assets: ['m1', 'm2'] };
  return { ...about, recurrence: 'months', anchor: '2026-01-31', ...changes };
}
function around(changes: Partial<Around> = {}): Around {
  return { days: workDays(CALENDAR), today: '2026-02-01', larger: [], retired: () => false, ...changes };
}
const due = (one: PatrolPlan, there: Around, count: number) => outlook(one, there, count).days.map((day) => day.due);

describe('the days that the editor shows before a plan is saved (R-152)', () => {
  it('keep the 31st through short months', () => {
    expect(due(plan(), around(), 3)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
  });

  it('tell the day by the rule beside the day a holiday moved it to', () => {
    const moved = plan({ anchor: '2026-10-01', shift: 'after' });
    const [day] = outlook(moved, around({ today: '2026-09-01' }), 1).days;
    expect(day).toMatchObject({ nominal: '2026-10-01', due: '2026-10-02' });
  });

  it('end at the year whose holidays nobody entered', () => {
    const shifted = plan({ anchor: '2026-11-16', shift: 'before' });
    const next = outlook(shifted, around({ today: '2026-11-01' }), 5);
    expect(next.days).toHaveLength(2);
    expect(next.missingYear).toBe(2027);
  });

  it('come before the thunder season by the days asked for (R-162)', () => {
    const season = plan({ recurrence: 'season', dates: [{ month: 4, day: 15 }], lead_days: 14 });
    expect(due(season, around(), 1)).toEqual(['2026-04-01']);
  });
});

describe('a larger service of the same family', () => {
  const quarterly = plan({ anchor: '2026-03-31', every: 3, assets: ['m1'] });

  it('takes its machines off the smaller one in whose window it is due', () => {
    const days = outlook(plan(), around({ larger: [quarterly] }), 2).days;
    expect(days.map((day) => day.machines)).toEqual([2, 1]);
  });

  it('covers a day only where there are machines to cover', () => {
    const all = { ...quarterly, assets: ['m1', 'm2'] };
    const covered = (one: PatrolPlan) =>
      outlook(one, around({ today: '2026-03-01', larger: [all] }), 2).days.map((day) => day.covered);
    expect(covered(plan())).toEqual([true, false]);
    expect(covered(plan({ assets: [] }))).toEqual([false, false]);
  });

  it('lets the smaller one be next due where a machine is left to visit', () => {
    const all = { ...quarterly, assets: ['m1', 'm2'] };
    const next = nextDue(plan(), around({ today: '2026-03-01', larger: [all] }));
    expect(next.days.map((day) => day.due)).toEqual(['2026-04-30']);
  });
});

describe('a plan', () => {
  it('has stopped once all its machines are retired, and not before', () => {
    expect(planState(plan(), around({ retired: () => true }))).toBe('stopped');
    expect(planState(plan(), around({ retired: (asset) => asset === 'm1' }))).toBe('running');
  });

  it('has stopped when the scheduler says so', () => {
    expect(planState(plan({ stopped_because: 'no_calendar' }), around())).toBe('stopped');
  });

  it('has ended when somebody ended it or its last day is over', () => {
    expect(planState(plan({ active: false }), around())).toBe('ended');
    expect(planState(plan({ until: '2026-01-31' }), around())).toBe('ended');
  });
});

describe('what the server would refuse is said at its field', () => {
  it.each([
    [{ recurrence: 'weekdays', weekdays: [] }, 'weekdays', 'never_due'],
    [{ recurrence: 'chosen', dates: [] }, 'dates', 'never_due'],
    [{ recurrence: 'chosen', dates: [{ month: 2, day: 30 }] }, 'dates', 'no_such_day'],
    [{ until: '2026-01-01' }, 'until', 'before_the_first_day'],
    [{ recurrence: 'daily', tolerance_after: 1 }, 'tolerance', 'longer_than_the_period'],
    [{ every: 0 }, 'every', 'less_than_one'],
  ])('%o', (changes, field, reason) => {
    expect(planRefusal(plan(changes as Partial<PatrolPlan>))).toEqual({ field, reason });
  });
});
