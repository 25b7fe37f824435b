/** Deadlines of an order under its service policy, and the nearest one not yet met. */
import { model } from './exported';
import { rank } from './machine';
import type { ServicePolicy, WorkOrder } from './records';

const MINUTE = 60_000;
const { starts, met_from: metFrom } = model.timers;

export interface Deadline {
  name: string;
  due_at: number;
}

type Policy = Pick<ServicePolicy, 'timers'>;

/** Every timer that applies to the order's priority and whose clock has started, the nearest first. */
export function deadlines(policy: Policy, order: WorkOrder): Deadline[] {
  const found = (policy.timers ?? []).flatMap((timer) => {
    const start = order[starts[timer.start] as keyof WorkOrder] as number | null | undefined;
    const applies = !timer.priority || timer.priority === order.priority;
    if (!applies || start === null || start === undefined) return [];
    return [{ name: timer.name, due_at: start + timer.limit_minutes * MINUTE }];
  });
  return found.sort((a, b) => a.due_at - b.due_at || (a.name < b.name ? -1 : 1));
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
