/** The dispatcher's reading of orders. */

import { isOpen } from '../../../model/machine';
import type { User, WorkOrder } from '../../../model/records';
import type { App, Shown } from '../../../store/types';

export type Order = Shown<WorkOrder>;

export type Filter = 'unassigned' | 'open' | 'closed';

const WANTED: Record<Filter, (order: Order) => boolean> = {
  unassigned: ({ data }) => isOpen(data) && !data.assignee,
  open: ({ data }) => isOpen(data) && Boolean(data.assignee),
  closed: ({ data }) => !isOpen(data),
};

export function filtered(orders: Order[], filter: Filter): Order[] {
  return orders.filter(WANTED[filter]).sort((a, b) => b.data.received_at - a.data.received_at);
}

export function engineers(app: App): Shown<User>[] {
  return app
    .all<User>('user')
    .filter((user) => user.data.roles.includes('engineer') && user.data.active !== false)
    .sort((a, b) => a.data.name.localeCompare(b.data.name));
}
