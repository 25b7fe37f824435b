/** The engineer's orders: which are his, which are open, what is due first. */

import { knownZone, localDay } from '../../model/days';
import { isOpen } from '../../model/machine';
import type { Asset, Customer, PromisedTime, ServicePolicy, Site, WorkOrder } from '../../model/records';
import { isPromised, nearest, readings, shareOf } from '../../model/promises';
import { dueOfRound, isRound } from '../../model/round';
import { nextDeadline, type Deadline } from '../../model/sla';
import type { App, Honest, Shown } from '../../store/types';

export type Order = Shown<WorkOrder>;

/** Nobody has done anything about such an order yet. */
const UNTOUCHED = new Set(['triaged', 'dispatched']);
const HOUR = 3_600_000;
/** From this share of its limit on, in percent, a deadline is short. */
const SHORT = 80;

export interface Slip {
  order: Order;
  customer: Shown<Customer> | undefined;
  site: Shown<Site> | undefined;
  asset: Shown<Asset> | undefined;
  /** how many machines a round visits; none for another order */
  machines: number;
  due: Deadline | null;
  /** numbers of other open orders on the same machine */
  twins: string[];
  /** everything the visit needs lies on this device */
  packed: boolean;
  /** the order with all its records and photos */
  honest: Honest;
}

/** A round that waits for its window to open, in the days of its site: nothing is to be done about it today. */
export function isLater(app: App, order: Order, now: number): boolean {
  const opens = order.data.opens_on;
  if (!isRound(order.data) || !UNTOUCHED.has(order.data.state) || !opens) return false;
  return opens > localDay(now, knownZone(siteZone(app, order)));
}

function siteZone(app: App, { data }: Order): string | null | undefined {
  return data.site ? app.get<Site>('site', data.site)?.data.timezone : undefined;
}

/** The next moment at which an open order is late: as the scheduler keeps it, else as the policy alone tells. */
export function dueOf(app: App, order: Order): Deadline | null {
  if (!isOpen(order.data)) return null;
  if (isRound(order.data)) return roundDue(app, order);
  const kept = readings({ root: order, records: app.children(order.id) }, app.now());
  if (kept.length > 0) return nearest(kept);
  const policy = app.get<ServicePolicy>('service_policy', order.data.policy);
  return policy ? nextDeadline(policy.data, order.data) : null;
}

/** By when the report of an order is promised, as the scheduler keeps it. */
export function reportPromise(app: App, order: Order): PromisedTime | undefined {
  return promises(app, order).find((one) => one.name === 'report');
}

function promises(app: App, order: Order): PromisedTime[] {
  const kept = app.children<PromisedTime>(order.id, 'deadline').map(({ data }) => data);
  return kept.filter(isPromised);
}

function roundDue(app: App, order: Order): Deadline | null {
  const due = dueOfRound(order.data, siteZone(app, order), promises(app, order));
  return due?.due_at ? { name: due.name, due_at: due.due_at } : null;
}

/** The machines of a round that lie on this device, in the order of its route. */
export function machinesOf(app: App, order: Order): Shown<Asset>[] {
  return (order.data.assets ?? []).flatMap((id) => app.get<Asset>('asset', id) ?? []);
}

export function isMine(order: Order, user: string): boolean {
  return order.data.assignee === user || (order.data.crew ?? []).includes(user);
}

/** Urgent orders first, then by the time that is left; what has no deadline waits at the end. */
export function byUrgency(one: Slip, other: Slip): number {
  const rank = (slip: Slip) => (slip.order.data.priority === 'urgent' ? 0 : 1);
  const due = (slip: Slip) => slip.due?.due_at ?? Number.MAX_SAFE_INTEGER;
  return rank(one) - rank(other) || due(one) - due(other) || (one.order.id < other.order.id ? -1 : 1);
}

export function slips(app: App, orders: Order[]): Slip[] {
  const machines = openByMachine(app);
  return orders.map((order) => slip(app, order, machines.get(order.data.asset ?? '') ?? [])).sort(byUrgency);
}

function openByMachine(app: App): Map<string, Order[]> {
  const machines = new Map<string, Order[]>();
  for (const order of app.all<WorkOrder>('work_order')) {
    const machine = order.data.asset;
    if (!machine || !isOpen(order.data)) continue;
    machines.set(machine, [...(machines.get(machine) ?? []), order]);
  }
  return machines;
}

function slip(app: App, order: Order, same: Order[]): Slip {
  const { customer, site, asset, policy } = order.data;
  const rules = isRound(order.data) || app.get('service_policy', policy);
  const machines = machinesOf(app, order).length;
  const whole = machines === (order.data.assets?.length ?? 0);
  const found = {
    customer: app.get<Customer>('customer', customer),
    site: site ? app.get<Site>('site', site) : undefined,
    asset: asset ? app.get<Asset>('asset', asset) : undefined,
  };
  return {
    order,
    ...found,
    machines,
    due: dueOf(app, order),
    honest: app.honest(order.id),
    twins: same.filter((other) => other.id !== order.id).map((other) => other.data.number),
    packed: Boolean(rules && found.customer && (!site || found.site) && (!asset || found.asset) && whole),
  };
}

export type Pressure = 'over' | 'soon' | 'calm' | 'none';

export function pressure(due: Deadline | null, now: number): Pressure {
  if (!due) return 'none';
  if (due.due_at <= now) return 'over';
  if (due.warnings) return shareOf(due.warnings, now) >= SHORT ? 'soon' : 'calm';
  return due.due_at - now < HOUR ? 'soon' : 'calm';
}
