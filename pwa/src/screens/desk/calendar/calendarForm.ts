/** The calendar editor's fields, and the calendar they describe. */

import { COMPANY_ZONE } from '../../../model/days';
import type { WorkCalendar, WorkHours } from '../../../model/records';

const END_OF_DAY = 1440;

/** Times of day as the browser's fields hold them. */
export interface HoursField {
  opens: string;
  closes: string;
}

export interface CalendarForm {
  key: string;
  name: Record<string, string>;
  timezone: string;
  weekdays: number[];
  hours: HoursField[];
  holidays: string[];
  workdays: string[];
  years: number[];
}

/** Monday to Friday from nine to six, and no day known yet. */
export function blankCalendar(): CalendarForm {
  return {
    ...{ key: '', name: { 'zh-CN': '', 'zh-TW': '', en: '' }, timezone: COMPANY_ZONE },
    ...{ weekdays: [0, 1, 2, 3, 4], hours: [{ opens: '09:00', closes: '18:00' }] },
    ...{ holidays: [], workdays: [], years: [] },
  };
}

export function readCalendar(calendar: WorkCalendar): CalendarForm {
  const { key, timezone } = calendar;
  return {
    ...{ key, timezone, name: { ...calendar.name }, weekdays: [...calendar.weekdays] },
    hours: calendar.hours.map(({ opens, closes }) => ({ opens: clockText(opens), closes: clockText(closes) })),
    ...{ holidays: [...(calendar.holidays ?? [])], workdays: [...(calendar.workdays ?? [])] },
    years: [...(calendar.years ?? [])],
  };
}

export function calendarValues(form: CalendarForm): WorkCalendar {
  const name = Object.fromEntries(Object.entries(form.name).map(([locale, text]) => [locale, text.trim()]));
  return {
    ...{ key: form.key.trim(), timezone: form.timezone.trim(), name, weekdays: [...form.weekdays].sort() },
    hours: form.hours.map(minutes),
    ...{ holidays: listed(form.holidays), workdays: listed(form.workdays), years: listed(form.years) },
  };
}

/** The days of one year. */
export function inYear(days: string[], year: number): string[] {
  return days.filter((day) => day.startsWith(`${year}-`)).sort();
}

function listed<T>(values: T[]): T[] | null {
  return values.length > 0 ? [...new Set(values)].sort() : null;
}

/** Hours that end at midnight end with the day. */
function minutes({ opens, closes }: HoursField): WorkHours {
  return { opens: minuteOf(opens), closes: minuteOf(closes) || END_OF_DAY };
}

function minuteOf(text: string): number {
  const [hours = 0, rest = 0] = text.split(':').map(Number);
  return hours * 60 + rest;
}

function clockText(minute: number): string {
  const [hours, rest] = [Math.floor(minute / 60) % 24, minute % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
