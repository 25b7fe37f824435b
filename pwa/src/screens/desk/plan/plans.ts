/** Patrol plans as the desk reads them: which run, when each is due next, and what covers it. */

import { NoDayList, workDays, type WorkDays } from '../../../model/calendar';
import { dayNumber, dayText, localDay } from '../../../model/days';
import { absorbed, occurrences, type Occurrence } from '../../../model/recurrence';
import type { Asset, PatrolPlan } from '../../../model/records';
import type { App, Shown } from '../../../store/types';
import { calendarOf, zoneOf } from '../calendar/calendars';

export type Plan = Shown<PatrolPlan>;

export type PlanState = 'running' | 'stopped' | 'ended';

/** As far as anybody looks for the next due day: a yearly plan is found, one of every hundred months is not. */
const LOOK_AHEAD_DAYS = 800;
/** How far around a day a larger service may be due that covers it. */
const WINDOW_DAYS = 30;

/** What a plan's due days depend on beside itself. */
export interface Around {
  days: WorkDays;
  today: string;
  /** active plans of the same family with a higher rank */
  larger: PatrolPlan[];
  retired: (asset: string) => boolean;
}

/** A due day, and on how many machines; none are left if a larger service covers all of them. */
export interface DueDay extends Occurrence {
  machines: number;
  /** a larger service visits every machine in its window */
  covered: boolean;
}

export interface Outlook {
  days: DueDay[];
  /** the year without a day list that the outlook ends at */
  missingYear: number | null;
}

export function around(app: App, plan: PatrolPlan): Around {
  const today = localDay(app.now(), zoneOf(app, plan));
  const larger = plan.family ? app.all<PatrolPlan>('patrol_plan').map(({ data }) => data) : [];
  return {
    days: workDays(calendarOf(app, plan)),
    today,
    larger: larger.filter((one) => one.family === plan.family && isLarger(one, plan) && one.active !== false),
    retired: (asset) => isRetired(app.get<Asset>('asset', asset)?.data, today),
  };
}

function isLarger(one: PatrolPlan, plan: PatrolPlan): boolean {
  return (one.rank ?? 0) > (plan.rank ?? 0);
}

export function isRetired(asset: Pick<Asset, 'retired_on'> | undefined, today: string): boolean {
  return Boolean(asset?.retired_on && asset.retired_on <= today);
}

/** The next due days from today on. */
export function outlook(plan: PatrolPlan, { days, today, larger, retired }: Around, count: number): Outlook {
  const found: DueDay[] = [];
  const machines = plan.assets.filter((asset) => !retired(asset));
  const start = dayNumber(today);
  const last = dayText(start + LOOK_AHEAD_DAYS);
  try {
    for (const one of occurrences(plan, today, last, days)) {
      if (found.length === count) break;
      const left = machines.filter((machine) => !isCovered(one, machine, larger, days));
      found.push({ ...one, machines: left.length, covered: machines.length > 0 && left.length === 0 });
    }
  } catch (error) {
    if (!(error instanceof NoDayList)) throw error;
    return { days: found, missingYear: error.year };
  }
  return { days: found, missingYear: null };
}

function isCovered(one: Occurrence, machine: string, larger: PatrolPlan[], days: WorkDays): boolean {
  const nominal = dayNumber(one.nominal);
  const [first, last] = [dayText(nominal - WINDOW_DAYS), dayText(nominal + WINDOW_DAYS)];
  return larger.some(
    (plan) =>
      plan.assets.includes(machine) && [...occurrences(plan, first, last, days)].some((day) => absorbed(one, day)),
  );
}

/** The first due day on which a machine is left to visit. */
export function nextDue(plan: PatrolPlan, around: Around): Outlook {
  const { days, missingYear } = outlook(plan, around, around.larger.length > 0 ? 60 : 1);
  return { days: days.filter((day) => day.machines > 0).slice(0, 1), missingYear };
}

/** A plan whose machines are all retired makes no round, also before the scheduler has said so. */
export function planState(plan: PatrolPlan, { today, retired }: Pick<Around, 'today' | 'retired'>): PlanState {
  if (plan.active === false || (plan.until && plan.until < today)) return 'ended';
  return plan.stopped_because || plan.assets.every(retired) ? 'stopped' : 'running';
}

export function stopReason(plan: PatrolPlan): string {
  return plan.stopped_because ?? 'retired';
}
