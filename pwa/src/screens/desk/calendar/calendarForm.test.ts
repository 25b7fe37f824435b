import { describe, expect, it } from 'vitest';

import { calendarRefusal, daysBetween, missingYears } from '../../../model/calendar';
import type { WorkCalendar } from '../../../model/records';
import { blankCalendar, calendarValues, inYear, readCalendar } from './calendarForm';

const OFFICE: WorkCalendar = {
  ...{ key: 'cn-office', name: { 'zh-CN': '办公', 'zh-TW': '辦公', en: 'Office' }, timezone: 'Asia/Shanghai' },
  ...{
    weekdays: [0, 1, 2, 3, 4],
    hours: [
      { opens: 540, closes: 720 },
      { opens: 780, closes: 1440 },
    ],
  },
  ...{ holidays: ['2026-10-01'], workdays: ['2026-10-10'], years: [2026] },
};

describe('the editor of a work calendar (R-007)', () => {
  it('gives back a calendar nobody touched as it was, hours until midnight included', () => {
    expect(calendarValues(readCalendar(OFFICE))).toEqual(OFFICE);
  });

  it('begins with the working week, nine to six, and no year it could speak for', () => {
    const blank = calendarValues(blankCalendar());
    expect(blank).toMatchObject({ weekdays: [0, 1, 2, 3, 4], hours: [{ opens: 540, closes: 1080 }], years: null });
  });

  it('keeps a day once however often it was entered', () => {
    const form = readCalendar(OFFICE);
    form.holidays.push('2026-10-01', '2026-01-01');
    expect(calendarValues(form).holidays).toEqual(['2026-01-01', '2026-10-01']);
  });

  it('adds a run of days at once, over the end of a month, and none backwards', () => {
    expect(daysBetween('2026-09-29', '2026-10-01')).toEqual(['2026-09-29', '2026-09-30', '2026-10-01']);
    expect(daysBetween('2026-10-02', '2026-10-01')).toEqual([]);
  });

  it('shows the days of one year', () => {
    expect(inYear(['2027-01-01', '2026-10-01'], 2026)).toEqual(['2026-10-01']);
  });
});

describe('a calendar that the server would refuse says why', () => {
  it.each([
    [{ workdays: ['2026-10-01'] }, 'workdays', 'overlapping_days'],
    [
      {
        hours: [
          { opens: 540, closes: 800 },
          { opens: 780, closes: 1080 },
        ],
      },
      'hours',
      'overlapping_hours',
    ],
    [{ hours: [{ opens: 1080, closes: 540 }] }, 'hours', 'overlapping_hours'],
    [{ hours: [] }, 'hours', 'no_hours'],
    [{ timezone: 'Asia/Nowhere' }, 'timezone', 'unknown_zone'],
  ])('%o', (changes, field, reason) => {
    expect(calendarRefusal({ ...OFFICE, ...changes })).toEqual({ field, reason });
  });

  it('and is silent where there is nothing to say', () => {
    expect(calendarRefusal(OFFICE)).toBeNull();
  });
});

describe('a year without day lists', () => {
  it('is told for this year and the next', () => {
    expect(missingYears(OFFICE, '2026-11-22')).toEqual([2027]);
    expect(missingYears({ years: null }, '2026-11-22')).toEqual([2026, 2027]);
  });
});
