/** How a complaint moves: the server's steps and what each asks for, evaluated over what this device shows. */
import { gaps, type Gap } from './conditions';
import { dayNumber, localDay, monthOf } from './days';
import { model, type ComplaintStep } from './exported';
import type { Data } from './family';
import { newNumber } from './numbers';
import type { Complaint, WorkOrder } from './records';

export interface Lacking extends Gap {
  guard: string;
}

const { states, steps, guards, whole } = model.complaint;
const ALONE = { root: undefined, records: [] };

/** The steps that lead on from here, what is usual first. */
export function stepsFrom(state: string): ComplaintStep[] {
  return steps.filter((step) => step.from.includes(state));
}

/** Everything that must be written down before the step. */
export function lacking(step: ComplaintStep, data: Data): Lacking[] {
  return step.guards.flatMap((guard) => gaps(guards[guard] ?? {}, data, ALONE).map((gap) => ({ guard, ...gap })));
}

/** The fields that the record lacks to be whole. */
export function absent(data: Data): string[] {
  return gaps(whole, data, ALONE).map(({ target }) => target);
}

/** Fields that a step sets; empty if it may not be taken. */
export function takeStep(name: string, data: Data): Data {
  const step = stepsFrom(String(data.state)).find((one) => one.name === name);
  return step && lacking(step, data).length === 0 ? { state: step.to } : {};
}

export function isClosed(state: string): boolean {
  return state === states.at(-1);
}

/** A record is to be whole when it is closed, or when the month ends in which the customer complained. */
export function isAudited({ state, received_at }: Complaint, now: number, zone: string): boolean {
  return isClosed(state) || monthAt(received_at, zone) < monthAt(now, zone);
}

function monthAt(moment: number, zone: string): number {
  return monthOf(dayNumber(localDay(moment, zone)));
}

/** Who worked on an order. */
export function concernedBy({ assignee, crew }: WorkOrder): string[] {
  return [...new Set([assignee, ...(crew ?? [])])].filter((one) => typeof one === 'string').sort();
}

/** A new complaint about an order, with what the order says. */
export function aboutOrder(order: string, data: WorkOrder, id: string, now: number) {
  const { customer, site, contact, asset } = data;
  const place = { customer, site, contact, asset };
  const values: Partial<Complaint> = { ...place, order, engineers: concernedBy(data), received_at: now };
  return { id, values: { ...values, number: newNumber('TS', id, now) } };
}
