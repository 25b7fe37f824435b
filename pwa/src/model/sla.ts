/** What the app reckons itself: round-the-clock deadlines of an order, and the nearest one not yet met. */
import { model } from './exported';
import { rank } from './machine';
import type { ServicePolicy, Timer, WorkOrder } from './records';

const MINUTE = 60_000;
const { starts, met_from: metFrom } = model.timers;

export interface Deadline {
  name: string;
  due_at: number;
  /** when its warnings are given, where the scheduler has worked them out */
  warnings?: Point[];
}

/** The moment at which so many percent of a limit are used up. */
export interface Point {
  share: number;
  at: number;
}

type Policy = Pick<ServicePolicy, 'timers' | 'settings'>;

/** Every timer that applies to the order's priority and whose clock has started, the nearest first. */
export function deadlines(policy: Policy, order: WorkOrder): Deadline[] {
  const found = (policy.timers ?? []).flatMap((timer) => {
    const start = order[starts[timer.start] as keyof WorkOrder] as number | null | undefined;
    if (!reckoned(timer) || !applies(timer, policy, order) || start === null || start === undefined) return [];
    return [{ name: timer.name, due_at: start + timer.limit! * MINUTE }];
  });
  return found.sort((a, b) => a.due_at - b.due_at || (a.name < b.name ? -1 : 1));
}

/** It needs no working calendar, and starts with a field of the order. */
function reckoned(timer: Timer): boolean {
  const known = timer.start in starts && timer.name in metFrom;
  return known && typeof timer.limit === 'number' && timer.unit === 'min' && timer.calendar === '24x7';
}

/** The order is what the timer asks for; a case, a region or what it leaves out the scheduler knows. */
function applies(timer: Timer, policy: Policy, order: WorkOrder): boolean {
  if (timer.case || timer.band || timer.exclude) return false;
  const facts = { priority: order.priority, severity: order.severity, grade: grade(policy, order) };
  return (['priority', 'severity', 'grade'] as const).every((name) => !timer[name] || timer[name] === facts[name]);
}

/** The service grade of an order; if nobody gave it one, what its policy says of its fault level. */
function grade({ settings }: Policy, order: WorkOrder): string | null | undefined {
  const byLevel = settings?.grades as Record<string, string | null> | undefined;
  return order.grade ?? byLevel?.[order.severity ?? ''];
}

/** The first deadline that the order's state does not meet yet; null when none runs. */
export function nextDeadline(policy: Policy, order: WorkOrder): Deadline | null {
  return deadlines(policy, order).find((one) => !isMet(one.name, order)) ?? null;
}

/** The order went as far as the timer asks, or needs no more work. */
export function isMet(name: string, order: WorkOrder): boolean {
  const here = rank(order);
  return here === null || here >= model.machine.ladder.indexOf(metFrom[name] ?? '');
}

export function timeLeft(policy: Policy, order: WorkOrder, now: number): number | null {
  const due = nextDeadline(policy, order);
  return due && due.due_at - now;
}

/** What is due first comes first; what has no deadline waits at the end, in the order it came in. */
export function soonest<T>(all: T[], due: (one: T) => Deadline | null): T[] {
  return all
    .map((one) => ({ one, at: due(one)?.due_at ?? Number.MAX_SAFE_INTEGER }))
    .sort((one, other) => one.at - other.at)
    .map(({ one }) => one);
}
