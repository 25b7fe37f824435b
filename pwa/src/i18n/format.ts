/** Numbers, money and times as the reader's language writes them. */

import { m } from '../paraglide/messages';
import { getLocale } from '../paraglide/runtime';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LAST_MOMENT = 8.64e15;

/** `minor` counts the currency's smallest unit. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(getLocale(), { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

export function clock(at: number): string {
  return written(at, { hour: '2-digit', minute: '2-digit', hour12: false });
}

export function day(at: number): string {
  return written(at, { month: 'short', day: 'numeric', weekday: 'short' });
}

export function moment(at: number): string {
  return written(at, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

/** A calendar day such as 2026-11-22, which is the same everywhere. */
export function date(text: string): string {
  const parts = { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC' } as const;
  return written(Date.parse(`${text}T00:00:00Z`), parts);
}

/** The same without the year, where another day stands beside it. */
export function shortDate(text: string): string {
  return written(Date.parse(`${text}T00:00:00Z`), { month: 'short', day: 'numeric', timeZone: 'UTC' });
}

/** 15 April of any year. */
export function dateOfYear(month: number, day: number): string {
  return written(Date.UTC(2000, month - 1, day), { month: 'short', day: 'numeric', timeZone: 'UTC' });
}

export function monthName(month: number): string {
  return written(Date.UTC(2000, month - 1), { month: 'long', timeZone: 'UTC' });
}

/** 0 is Monday. */
export function weekdayName(weekday: number): string {
  return written(Date.UTC(2001, 0, 1 + weekday), { weekday: 'short', timeZone: 'UTC' });
}

/** Nothing for what no date holds: another device's mistake must not take the screen away. */
function written(at: number, parts: Intl.DateTimeFormatOptions): string {
  return Math.abs(at) <= LAST_MOMENT ? new Intl.DateTimeFormat(getLocale(), parts).format(at) : '';
}

/** Two largest units, never a false precision: "3 h 05 min", "2 d 4 h". */
export function duration(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  if (days > 0) return m.common_days_hours({ days, hours });
  if (hours > 0) return m.common_hours_minutes({ hours, minutes: String(minutes).padStart(2, '0') });
  return m.common_minutes({ minutes });
}

export function bytes(count: number): string {
  const mega = count / 1_048_576;
  const value = mega >= 1 ? mega : count / 1024;
  const digits = value >= 10 ? 0 : 1;
  return `${value.toFixed(digits)} ${mega >= 1 ? 'MB' : 'KB'}`;
}
