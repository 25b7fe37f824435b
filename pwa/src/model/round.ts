/** A patrol order: one round of machines, each with its checklist, in a window of days. */
import { knownZone } from './days';
import { model } from './exported';
import type { PromisedTime, WorkOrder } from './records';

const DAY = 86_400_000;
const { guards, transitions } = model.machine;
const PATROLS = new Set((guards.patrol as { in: [string, string[]] }).in[1]);
/** Where a round stands before anybody began it: from there it can still be missed. */
const WAITING = new Set(transitions.filter(({ name }) => name === 'miss').flatMap(({ from }) => from));

export function isRound(order: Pick<WorkOrder, 'type'>): boolean {
  return PATROLS.has(order.type);
}

export function isWaiting(order: Pick<WorkOrder, 'state'>): boolean {
  return WAITING.has(order.state);
}

/** The next moment at which a round is late: its window closes, or its report falls due. */
export function dueOfRound(
  order: WorkOrder,
  zone: string | null | undefined,
  promises: readonly PromisedTime[],
): PromisedTime | null {
  if (isWaiting(order)) {
    return order.closes_on
      ? { name: 'window', state: 'running', due_at: midnightAfter(order.closes_on, knownZone(zone)) }
      : null;
  }
  return promises.find((one) => one.name === 'report' && one.state !== 'met' && one.due_at) ?? null;
}

/** The midnight that ends a day in a time zone. */
export function midnightAfter(day: string, zone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + DAY;
  const first = wall - offset(wall, zone);
  return wall - offset(first, zone);
}

/** How far the clocks of a zone are ahead of UTC at a moment. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(at / 1000) * 1000
  );
}
