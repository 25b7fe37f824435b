/** What people call a record: its number or name, never its id. */

import type { Asset, Complaint, Customer, Part, PriceList, ServicePolicy, User, WorkOrder } from '../../model/records';
import { m } from '../../paraglide/messages';
import type { App, Shown } from '../../store/types';
import { words } from '../../i18n/labels';

export { madeAt } from '../../model/family';

const NAMERS: Record<string, (data: Record<string, unknown>) => unknown> = {
  work_order: (data) => (data as unknown as WorkOrder).number,
  complaint: (data) => (data as unknown as Complaint).number,
  customer: (data) => (data as unknown as Customer).name,
  user: (data) => personName(data as unknown as User),
  asset: (data) => [(data as unknown as Asset).number, (data as unknown as Asset).model].filter(Boolean).join(' '),
  part: (data) => (data as unknown as Part).name,
  price_list: (data) => words((data as unknown as PriceList).name),
  service_policy: (data) => words((data as unknown as ServicePolicy).name),
  checklist: (data) => words(data.name as string),
};

/** The server's own user goes by a word of the reader's language. */
function personName({ name, roles }: User): string {
  return roles.includes('system') ? m.desk_system() : name;
}

/** The record's name, or a short part of its id where this device does not hold it. */
export function nameOf(app: App, type: string, id: string | null | undefined): string {
  if (!id) return m.desk_nobody();
  const record = app.get(type, id);
  const name = record && (NAMERS[type]?.(record.data) ?? record.data.name);
  return typeof name === 'string' && name ? name : m.desk_unknown_record({ id: id.slice(0, 8) });
}

export function userName(app: App, id: string | null | undefined): string {
  return nameOf(app, 'user', id);
}

/** The work order a child belongs to, as its number and subject. */
export function orderTitle(order: Shown<WorkOrder> | undefined, id: string): string {
  return order ? `${order.data.number} ${order.data.title}` : m.desk_unknown_record({ id: id.slice(0, 8) });
}
