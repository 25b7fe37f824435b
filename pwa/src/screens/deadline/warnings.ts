/** Warnings to the assignee as his own device works them out, so that they come without a network too. */

import { isRunning, readings, shareOf, type Reading } from '../../model/promises';
import type { Notice } from '../../model/records';
import type { App, Shown } from '../../store/types';
import type { Order } from '../field/orders';

export interface Warning {
  order: Order;
  reading: Reading;
  share: number;
}

/** What each deadline of these orders has reached; of an order that somebody else leads nothing is told. */
export function warningsOf(app: App, orders: Order[], now: number): Warning[] {
  const mine = orders.filter((order) => order.data.assignee === app.me?.id);
  const found = mine.flatMap((order) => {
    const running = readings({ root: order, records: app.children(order.id) }, now).filter(isRunning);
    return running.map((reading) => ({ order, reading, share: shareOf(reading.warnings, now) }));
  });
  return found.filter(({ share }) => share > 0).sort(byUrgency);
}

function byUrgency(one: Warning, other: Warning): number {
  return other.share - one.share || (one.reading.due_at ?? 0) - (other.reading.due_at ?? 0);
}

/** The server's own notices of the same thing, up to what the device has reached. */
export function noticesOf(app: App, { order, reading, share }: Warning): Shown<Notice>[] {
  return app.all<Notice>('notice').filter(({ data }) => {
    const same = data.order === order.id && data.timer === reading.data.name && data.to === app.me?.id;
    return same && data.kind === 'warning' && (data.share ?? 0) <= share;
  });
}

/** Read on another device of the same person. */
export function readElsewhere(app: App, warning: Warning): boolean {
  return noticesOf(app, warning).some(({ data }) => data.seen && data.share === warning.share);
}
