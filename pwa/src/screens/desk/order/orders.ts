/** The dispatcher's reading of orders. */

import type { User, WorkOrder } from '../../../model/records';
import type { Deadline } from '../../../model/sla';
import type { App, Shown } from '../../../store/types';
import { isOpen } from '../../field/orders';

export type Order = Shown<WorkOrder>;

export const FILTERS = ['unassigned', 'open', 'closed'] as const;
export type Filter = (typeof FILTERS)[number];

const WANTED: Record<Filter, (order: Order) => boolean> = {
  unassigned: (order) => isOpen(order) && !order.data.assignee,
  open: (order) => isOpen(order) && Boolean(order.data.assignee),
  closed: (order) => !isOpen(order),
};

export function filtered(orders: Order[], filter: Filter): Order[] {
  return orders.filter(WANTED[filter]).sort((a, b) => b.data.received_at - a.data.received_at);
}

/** What is due first comes first; what has no deadline waits at the end. */
export function soonest(orders: Order[], due: (order: Order) => Deadline | null): Order[] {
  return orders
    .map((order) => ({ order, at: due(order)?.due_at ?? Number.MAX_SAFE_INTEGER }))
    .sort((one, other) => one.at - other.at)
    .map(({ order }) => order);
}

export function engineers(app: App): Shown<User>[] {
  return app
    .all<User>('user')
    .filter((user) => user.data.roles.includes('engineer') && user.data.active !== false)
    .sort((a, b) => a.data.name.localeCompare(b.data.name));
}
