/** When a patrol plan is due: the server's rules, so that the desk sees the days before it saves them. */
import type { WorkDays } from './calendar';
import { addMonths, dayNumber, dayOf, dayText, modulo, monthOf, weekday, yearOf } from './days';
import type { PatrolPlan, Refusal, YearDay } from './records';

export type Schedule = Pick<
  PatrolPlan,
  | 'recurrence'
  | 'anchor'
  | 'every'
  | 'weekdays'
  | 'dates'
  | 'lead_days'
  | 'shift'
  | 'until'
  | 'tolerance_before'
  | 'tolerance_after'
>;

/** One due day: `nominal` is the day by the rule, `due` is where a holiday moved it. */
export interface Occurrence {
  nominal: string;
  due: string;
  opens: string;
  closes: string;
}

/** Days to look back for a visit that was moved onto the same day. */
const LONGEST_HOLIDAY = 31;
const A_WEEK = 7;
const SHORTEST_MONTH = 28;

/** The occurrences whose nominal day lies in `first`..`last`, in order; days moved onto one day are one visit. */
export function* occurrences(plan: Schedule, first: string, last: string, days: WorkDays): Generator<Occurrence> {
  const [start, anchor] = [dayNumber(first), dayNumber(plan.anchor)];
  const end = Math.min(dayNumber(last), plan.until ? dayNumber(plan.until) : Infinity);
  const back = moves(plan) ? LONGEST_HOLIDAY : 0;
  let taken: number | null = null;
  for (const nominal of DAYS[plan.recurrence]?.(plan, Math.max(start - back, anchor), end, days) ?? []) {
    const due = shifted(nominal, plan.shift, days);
    if (due !== taken && nominal >= start) yield occurrence(plan, nominal, due);
    taken = due;
  }
}

function occurrence(plan: Schedule, nominal: number, due: number): Occurrence {
  const [opens, closes] = [due - (plan.tolerance_before ?? 0), due + (plan.tolerance_after ?? 0)];
  return { nominal: dayText(nominal), due: dayText(due), opens: dayText(opens), closes: dayText(closes) };
}

/** The larger service covers the smaller one: it is due while the smaller one's window is open. */
export function absorbed(small: Occurrence, large: Occurrence): boolean {
  return small.opens <= large.due && large.due <= small.closes;
}

/** Why the server would refuse the plan: it could never be due, or its window is longer than its period. */
export function planRefusal(plan: Schedule): Refusal | null {
  if (every(plan) < 1) return { field: 'every', reason: 'less_than_one' };
  if (plan.recurrence === 'weekdays' && !plan.weekdays?.length) return { field: 'weekdays', reason: 'never_due' };
  if (['chosen', 'season'].includes(plan.recurrence) && !plan.dates?.length)
    return { field: 'dates', reason: 'never_due' };
  if (plan.dates?.some((date) => !exists(date))) return { field: 'dates', reason: 'no_such_day' };
  if (plan.until && plan.until < plan.anchor) return { field: 'until', reason: 'before_the_first_day' };
  const window = (plan.tolerance_before ?? 0) + (plan.tolerance_after ?? 0) + 1;
  return window > shortestPeriod(plan) ? { field: 'tolerance', reason: 'longer_than_the_period' } : null;
}

/** The fewest days between two nominal days; holidays and events are taken to be a week apart at least. */
function shortestPeriod(plan: Schedule): number {
  if (plan.recurrence === 'daily') return every(plan);
  if (plan.recurrence === 'weekdays') return gap([...plan.weekdays!].sort(), A_WEEK * every(plan));
  if (plan.recurrence === 'months') return SHORTEST_MONTH * every(plan);
  if (!['chosen', 'season'].includes(plan.recurrence)) return A_WEEK;
  return gap(plan.dates!.map(({ month, day }) => dayOf(2001, month, day)).sort(ascending), 365);
}

/** The smallest step in a cycle of days. */
function gap(days: number[], cycle: number): number {
  return Math.min(...days.map((day, at) => (days[at + 1] ?? days[0]! + cycle) - day));
}

type Days = (plan: Schedule, first: number, last: number, days: WorkDays) => Iterable<number>;

const DAYS: Record<string, Days> = { daily, weekdays, months, chosen, season: chosen, holiday };

function* daily(plan: Schedule, first: number, last: number): Generator<number> {
  const anchor = dayNumber(plan.anchor);
  for (let day = first + modulo(anchor - first, every(plan)); day <= last; day += every(plan)) yield day;
}

function* weekdays(plan: Schedule, first: number, last: number): Generator<number> {
  const anchor = dayNumber(plan.anchor);
  const monday = anchor - weekday(anchor);
  for (let day = first; day <= last; day += 1) {
    const week = Math.floor((day - monday) / A_WEEK);
    if (modulo(week, every(plan)) === 0 && plan.weekdays?.includes(weekday(day))) yield day;
  }
}

function* months(plan: Schedule, first: number, last: number): Generator<number> {
  const anchor = dayNumber(plan.anchor);
  const passed = Math.max(Math.floor((monthOf(first) - monthOf(anchor)) / every(plan)), 0);
  for (let step = passed; ; step += 1) {
    const day = addMonths(anchor, step * every(plan));
    if (day > last) return;
    if (day >= first) yield day;
  }
}

/** 29 February falls on the 28th where the year has none. */
function* chosen(plan: Schedule, first: number, last: number): Generator<number> {
  const dates = [...(plan.dates ?? [])].sort((a, b) => a.month - b.month || a.day - b.day);
  for (let year = yearOf(first); year <= yearOf(last) + 1; year += 1) {
    for (const { month, day } of dates) {
      const nominal = dayOf(year, month, day) - (plan.lead_days ?? 0);
      if (first <= nominal && nominal <= last) yield nominal;
    }
  }
}

/** A year without day lists ends it: nobody knows whether there is a holiday. */
function* holiday(plan: Schedule, first: number, last: number, { runs, demand }: WorkDays): Generator<number> {
  const lead = plan.lead_days ?? 0;
  for (let year = yearOf(first + lead); year <= yearOf(last + lead); year += 1) {
    demand(year);
    for (const day of runs) if (yearOf(day) === year && first <= day - lead && day - lead <= last) yield day - lead;
  }
}

/** The day itself if it is a working day or stays, else the nearest working day on the side it moves to. */
function shifted(day: number, shift: string | null | undefined, days: WorkDays): number {
  const step = shift === 'before' ? -1 : 1;
  let moved = day;
  while (shift && shift !== 'stay' && !days.works(moved)) moved += step;
  return moved;
}

function moves(plan: Schedule): boolean {
  return Boolean(plan.shift) && plan.shift !== 'stay';
}

function every(plan: Schedule): number {
  return plan.every ?? 1;
}

/** 29 February counts: it falls on the 28th where the year has none. */
function exists({ month, day }: YearDay): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= dayOf(2000, month, 31) - dayOf(2000, month, 1) + 1;
}

function ascending(a: number, b: number): number {
  return a - b;
}
