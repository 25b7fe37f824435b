/** What other rounds found on a machine and nobody put right: as the machine carries it, and what only this device knows. */

import { madeAt } from '../../../model/family';
import { isOpen } from '../../../model/machine';
import type { AssetFinding, Finding, WorkOrder } from '../../../model/records';
import type { Shown } from '../../../store/types';

export interface Earlier {
  id: string;
  machine: string;
  foundAt: number;
  severity: string;
  description: string;
  action: string;
  advice: string | null;
  order: string | null;
  /** its order ended and did not help */
  unrepaired: boolean;
}

/** The findings that still wait on these machines, those of this round left out; the oldest first. */
export function earlier(
  { id: round }: { id: string },
  machines: string[],
  kept: Shown<AssetFinding>[],
  findings: Shown<Finding>[],
  orders: Shown<WorkOrder>[],
): Earlier[] {
  const here = new Set(findings.filter(({ root }) => root === round).map(({ id }) => id));
  const carried = new Set(kept.map(({ data }) => data.finding));
  const open = kept.filter(({ data }) => isWaiting(data) && !here.has(data.finding)).map(told);
  const unsent = findings.filter(({ id, root, gone }) => !gone && root !== round && !carried.has(id));
  return [...open, ...unsent.flatMap((finding) => known(finding, orders))]
    .filter(({ machine }) => machines.includes(machine))
    .sort((one, other) => one.foundAt - other.foundAt);
}

function isWaiting({ action, order_end, inspected_at }: AssetFinding): boolean {
  return action !== 'fixed' && order_end !== 'repaired' && !inspected_at;
}

function told({ root, data }: Shown<AssetFinding>): Earlier {
  return {
    ...said(data),
    id: data.finding,
    machine: root,
    foundAt: data.found_at,
    order: data.order_number ?? null,
    unrepaired: data.order_end === 'unrepaired',
  };
}

/** A finding that the server has not worked on yet. */
function known({ id, data }: Shown<Finding>, orders: Shown<WorkOrder>[]): Earlier[] {
  const order = orders.find((one) => one.data.opened_from === id);
  if (data.action === 'fixed' || (order && !isOpen(order.data))) return [];
  const about = { machine: data.asset ?? '', foundAt: madeAt(id), order: order?.data.number ?? null };
  return [{ ...said(data), ...about, id, unrepaired: false }];
}

function said({ severity, description, action, advice }: Finding | AssetFinding) {
  return { severity, description, action, advice: advice ?? null };
}
