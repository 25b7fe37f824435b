/** Work calendars: which days are worked. The server's rules, so that the desk sees their effect before it saves. */
import { dayNumber, dayText, weekday, yearOf } from './days';
import type { Refusal, WorkCalendar } from './records';

/** Nobody entered the holidays and make-up workdays of this year: working days cannot be counted. */
export class NoDayList extends Error {
  constructor(readonly year: number) {
    super(`no day list for ${year}`);
    this.name = 'NoDayList';
  }
}

/** A calendar made ready to be asked often. */
export interface WorkDays {
  /** the first days of all runs of holidays */
  runs: number[];
  /** throws for a year without day lists, as `works` does */
  demand(year: number): void;
  works(day: number): boolean;
}

export function workDays(calendar: Pick<WorkCalendar, 'weekdays' | 'holidays' | 'workdays' | 'years'>): WorkDays {
  const [holidays, workdays] = [calendar.holidays, calendar.workdays].map((days) => new Set(days?.map(dayNumber)));
  const [weekdays, years] = [calendar.weekdays, calendar.years].map((numbers) => new Set(numbers));
  const runs = [...holidays!].filter((day) => !holidays!.has(day - 1)).sort((a, b) => a - b);
  const demand = (year: number) => {
    if (!years!.has(year)) throw new NoDayList(year);
  };
  const works = (day: number) => {
    demand(yearOf(day));
    return workdays!.has(day) || (weekdays!.has(weekday(day)) && !holidays!.has(day));
  };
  return { runs, demand, works };
}

/** Why the server would refuse the calendar; null if it would not. */
export function calendarRefusal(calendar: WorkCalendar): Refusal | null {
  if (!zoneExists(calendar.timezone)) return { field: 'timezone', reason: 'unknown_zone' };
  const workdays = new Set(calendar.workdays);
  if (calendar.holidays?.some((day) => workdays.has(day))) return { field: 'workdays', reason: 'overlapping_days' };
  if (calendar.hours.length === 0) return { field: 'hours', reason: 'no_hours' };
  const minutes = calendar.hours.flatMap(({ opens, closes }) => [opens, closes]);
  const rising = minutes.every((minute, at) => at === 0 || minute > minutes[at - 1]!);
  return rising ? null : { field: 'hours', reason: 'overlapping_hours' };
}

/** This year and the next, as far as nobody has entered their days. */
export function missingYears(calendar: Pick<WorkCalendar, 'years'>, today: string): number[] {
  const year = yearOf(dayNumber(today));
  return [year, year + 1].filter((one) => !calendar.years?.includes(one));
}

/** Every day from `first` to `last`. */
export function daysBetween(first: string, last: string): string[] {
  const [start, end] = [dayNumber(first), dayNumber(last)];
  return end < start ? [] : Array.from({ length: end - start + 1 }, (_, at) => dayText(start + at));
}

function zoneExists(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
