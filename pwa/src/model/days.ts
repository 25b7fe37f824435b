/** Calendar days: text such as 2026-11-22 outside, numbers of days since 1970 to reckon with. */

const DAY_MS = 86_400_000;
/** Where nobody said another one. */
export const COMPANY_ZONE = 'Asia/Shanghai';

export function dayNumber(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / DAY_MS;
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekday(day: number): number {
  return modulo(day + 3, 7);
}

export function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** Months since the year 0, so that they can be subtracted. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** `month` is 1 to 12; a day that the month has not is its last day. */
export function dayOf(year: number, month: number, day: number): number {
  return Math.min(Date.UTC(year, month - 1, day), Date.UTC(year, month, 0)) / DAY_MS;
}

/** The same day of another month, or that month's last day if it is shorter. */
export function addMonths(day: number, months: number): number {
  const month = monthOf(day) + months;
  return dayOf(Math.floor(month / 12), modulo(month, 12) + 1, new Date(day * DAY_MS).getUTCDate());
}

export function isDay(text: string): boolean {
  const day = dayNumber(text);
  return Number.isFinite(day) && dayText(day) === text;
}

/** The zone, or the company's where the world has none of that name. */
export function knownZone(zone: string | null | undefined): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone ?? COMPANY_ZONE }).resolvedOptions().timeZone;
  } catch {
    return COMPANY_ZONE;
  }
}

/** The calendar day of a moment in a time zone. */
export function localDay(moment: number, zone: string): string {
  const parts = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-CA', parts).format(moment);
}

export function modulo(number: number, by: number): number {
  return ((number % by) + by) % by;
}
