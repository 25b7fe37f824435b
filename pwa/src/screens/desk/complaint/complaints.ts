/** The desk's reading of complaints: which are open, what is due first, who may handle one, what each step asks for. */

import { absent, isAudited, isClosed } from '../../../model/complaint';
import { nearest, readings } from '../../../model/promises';
import type { Callback, Complaint, User } from '../../../model/records';
import type { Deadline } from '../../../model/sla';
import type { Changes } from '../../../store/actions/complaint';
import type { App, Shown } from '../../../store/types';

export type Case = Shown<Complaint>;
export type Field = keyof Complaint & string;

export type Filter = 'open' | 'closed' | 'lacking';

/** The fields that a step shows, in the order in which they are filled in. */
export const ASKS: Record<string, Field[]> = {
  acknowledge: ['handler'],
  investigate: ['finding', 'arrived_at', 'solution', 'solution_note'],
  confirm: ['confirmed_by'],
  execute: [],
  close: ['satisfaction', 'attempted', 'root_cause', 'prevention'],
  give_up: ['attempted', 'root_cause', 'prevention'],
};

const HANDLERS = ['dispatcher', 'supervisor'];

/** The time zone whose months count for a complaint. */
type ZoneOf = (data: Complaint) => string;

const WANTED: Record<Filter, (data: Complaint, now: number, zoneOf: ZoneOf) => boolean> = {
  open: ({ state }) => !isClosed(state),
  closed: ({ state }) => isClosed(state),
  lacking: (data, now, zoneOf) => isAudited(data, now, zoneOf(data)) && absent(data).length > 0,
};

export function filtered(cases: Case[], filter: Filter, now: number, zoneOf: ZoneOf): Case[] {
  const found = cases.filter(({ data }) => WANTED[filter](data, now, zoneOf));
  return found.sort((one, other) => other.data.received_at - one.data.received_at);
}

export function dueOf(app: App, complaint: Case): Deadline | null {
  return nearest(readings({ root: complaint, records: app.children(complaint.id) }, app.now()));
}

/** Nobody handles a complaint about his own work. */
export function handlers(app: App, complaint: Complaint): Shown<User>[] {
  const concerned = complaint.engineers ?? [];
  return app
    .all<User>('user')
    .filter(({ data }) => data.active !== false && data.branch === complaint.branch)
    .filter(({ id, data }) => data.roles.some((role) => HANDLERS.includes(role)) && !concerned.includes(id))
    .sort((one, other) => one.data.name.localeCompare(other.data.name));
}

/** The call that asks what became of it, once the scheduler has made it. */
export function callbackOf(app: App, complaint: string): Shown<Callback> | undefined {
  return app.all<Callback>('callback').find(({ data }) => data.complaint === complaint);
}

/** The complaint that a call opened. */
export function openedBy(app: App, callback: string): Case | undefined {
  return app.all<Complaint>('complaint').find(({ data }) => data.callback === callback);
}

/** What was written, as far as it differs from what is kept; told and how content go together. */
export function changed(complaint: Complaint, written: Changes, now: number): Changes {
  const fields = Object.entries(written).filter(([name, value]) => (complaint[name as Field] ?? null) !== value);
  const changes: Changes = Object.fromEntries(fields);
  if (changes.satisfaction === undefined) return changes;
  return { ...changes, told_at: changes.satisfaction === null ? null : (complaint.told_at ?? now) };
}
