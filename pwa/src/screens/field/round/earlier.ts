/** Findings of other rounds that still wait: advice nobody followed, an order that is not closed. */

import type { Finding, WorkOrder } from '../../../model/records';
import type { Shown } from '../../../store/types';
import { isOpen } from '../orders';
import type { Visit } from '../visit';

export function earlier(
  { order, machines }: Pick<Visit, 'order' | 'machines'>,
  findings: Shown<Finding>[],
  orders: Shown<WorkOrder>[],
): Shown<Finding>[] {
  const visited = new Set(machines.map(({ id }) => id));
  const closed = new Set(orders.filter((one) => !isOpen(one)).map(({ data }) => data.opened_from));
  return findings.filter(
    ({ id, root, gone, data }) =>
      !gone && root !== order.id && visited.has(data.asset ?? '') && data.action !== 'fixed' && !closed.has(id),
  );
}
