/** One order with everything that belongs to it, sorted by kind, as the order's screens read it. */

import type * as Records from '../../model/records';
import type { Family } from '../../model/family';
import type { Deadline } from '../../model/sla';
import type { App, Shown } from '../../store/types';
import { dueOf, machinesOf, type Order } from './orders';

export { madeAt } from '../../model/family';

export interface Visit {
  order: Order;
  customer: Shown<Records.Customer> | undefined;
  site: Shown<Records.Site> | undefined;
  contact: Shown<Records.Contact> | undefined;
  asset: Shown<Records.Asset> | undefined;
  policy: Shown<Records.ServicePolicy> | undefined;
  /** the machines of a round, in the order of its route */
  machines: Shown<Records.Asset>[];
  due: Deadline | null;
  children: Shown[];
  checklists: Shown<Records.Checklist>[];
  photos: Shown<Records.Photo>[];
  notes: Shown<{ text: string }>[];
  events: Shown<Records.VisitEvent>[];
  quotations: Shown<Records.Quotation>[];
  consents: Shown<Records.Consent>[];
  parts: Shown<Records.PartUse>[];
  signatures: Shown<Records.Signature>[];
  ratings: Shown<Records.Rating>[];
  reports: Shown<Records.Report>[];
  reviews: Shown<Records.Review>[];
  findings: Shown<Records.Finding>[];
  conflicts: Shown<Records.Conflict>[];
}

export function visitOf(app: App, id: string): Visit | null {
  const order = app.get<Records.WorkOrder>('work_order', id);
  if (!order) return null;
  const { customer, site, contact, asset, policy } = order.data;
  const children = app.children(id).filter((child) => !child.gone);
  const of = <T>(type: string) => children.filter((child) => child.type === type).sort(byAge) as unknown as Shown<T>[];
  const rules = app.get<Records.ServicePolicy>('service_policy', policy);
  return {
    order,
    customer: app.get('customer', customer),
    site: site ? app.get('site', site) : undefined,
    contact: contact ? app.get('contact', contact) : undefined,
    asset: asset ? app.get('asset', asset) : undefined,
    policy: rules,
    machines: machinesOf(app, order),
    due: dueOf(app, order),
    children,
    checklists: of('checklist'),
    photos: of('photo'),
    notes: of('note'),
    events: of('visit_event'),
    quotations: of<Records.Quotation>('quotation').sort((one, other) => one.data.number - other.data.number),
    consents: of('consent'),
    parts: of('part_use'),
    signatures: of('signature'),
    ratings: of('rating'),
    reports: of('report'),
    reviews: of('review'),
    findings: of('finding'),
    conflicts: of<Records.Conflict>('conflict').filter((conflict) => conflict.data.state === 'open'),
  };
}

function byAge(one: Shown, other: Shown): number {
  return one.id < other.id ? -1 : 1;
}

/** Who made a record is not in its data; the order's people are few, so a name is found or left out. */
export function nameOf(app: App, user: string | null | undefined): string {
  return (user && app.get<Records.User>('user', user)?.data.name) || '';
}

/** The shape in which the order's rules look at it. */
export function familyOf(visit: Visit): Family {
  return { root: visit.order, records: visit.children };
}
