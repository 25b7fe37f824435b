/** How a work order moves: the server's machine, evaluated over what this device shows. */
import { gaps, holds, type Gap } from './conditions';
import { model, type Step } from './exported';
import type { Data, Family } from './family';
import type { WorkOrder } from './records';

export interface Missing extends Gap {
  guard: string;
}

const { ladder, transitions, guards, held, on_site: onSite, road, round } = model.machine;
const cancellable = transitions.find((step) => step.name === 'cancel')?.from ?? [];
const DONE = new Set(['reported', 'in_review', 'archived', 'callback_due', 'callback_done', 'closed_remote']);
const GONE = new Set(['closed_refused', 'cancelled', 'missed']);
/** Where an order stands once it was brought back: there, another tap was first. */
const BACK: Record<string, readonly string[]> = {
  resume: [...onSite, 'dispatched'].filter((state) => state !== 'on_hold'),
  reopen: [...cancellable, ...onSite],
};

/** The work is neither done nor called off. */
export function isOpen({ state }: Pick<WorkOrder, 'state'>): boolean {
  return !DONE.has(state) && !GONE.has(state);
}

/** The tapped steps that the order's state offers to these roles; guards may still be unmet. */
export function offered(family: Family, roles: readonly string[]): string[] {
  const state = stateOf(family);
  const mine = transitions.filter((step) => step.from.includes(state) && step.by.some((role) => roles.includes(role)));
  return mine.map((step) => step.name);
}

/** Fields that a tapped step sets; empty if it may not be taken or another tap already took it. */
export function take(name: string, family: Family): Data {
  const step = transitions.find((one) => one.name === name && !one.auto);
  if (!step?.from.includes(stateOf(family)) || unmet(step, family).length > 0) return {};
  return moved(step, dataOf(family));
}

/** The state the order reaches by itself from its facts. */
export function advance(family: Family): Data {
  const start = stateOf(family);
  const seen = new Set<string>();
  let state = start;
  while (!seen.has(state)) {
    seen.add(state);
    const next = transitions.find((step) => step.auto && step.from.includes(state) && unmet(step, family).length === 0);
    state = next?.to ?? state;
  }
  return state === start ? {} : { state };
}

/** Everything that keeps the order from one step. */
export function blocked(name: string, family: Family): Missing[] {
  return transitions.filter((step) => step.name === name).flatMap((step) => unmet(step, family));
}

/** The finish check: everything between the order and its report, each thing once, in working order. */
export function missing(family: Family): Missing[] {
  const here = rank(dataOf(family));
  const steps = (isRound(family) ? round : road).flatMap((name) => transitions.filter((step) => step.name === name));
  const ahead = steps.filter((step) => here === null || ladder.indexOf(step.to) > here);
  const found = stateOf(family) === 'returned' ? steps.slice(-1) : ahead;
  const entries = found.flatMap((step) => unmet(step, family));
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** A patrol passes no repair on its way to its report. */
function isRound(family: Family): boolean {
  return holds(guards.patrol ?? {}, dataOf(family), family);
}

/** True if the order is where the step leads, or further: another tap was first. */
export function passed(name: string, family: Family): boolean {
  const step = transitions.find((one) => one.name === name);
  const state = stateOf(family);
  const here = rank(dataOf(family));
  if (!step) return false;
  if (step.to === state || BACK[name]?.includes(state)) return true;
  return ladder.includes(step.to) && here !== null && here >= ladder.indexOf(step.to);
}

/** How far up the ladder an order is, a held one where it was held; null if it left the ladder. */
export function rank(order: Data): number | null {
  const state = order.state === 'on_hold' ? order[held] : order.state;
  const at = ladder.indexOf(String(state));
  return at < 0 ? null : at;
}

function unmet(step: Step, family: Family): Missing[] {
  const data = dataOf(family);
  return step.guards.flatMap((guard) => gaps(guards[guard] ?? {}, data, family).map((gap) => ({ guard, ...gap })));
}

function moved(step: Step, data: Data): Data {
  if (step.name === 'hold' || step.name === 'cancel') {
    return { state: step.to, [held]: data.state === 'on_hold' ? data[held] : data.state };
  }
  if (step.to === held) return { state: data[held] || 'triaged', [held]: null };
  return { state: step.to };
}

function dataOf(family: Family): Data {
  return family.root?.data ?? {};
}

function stateOf(family: Family): string {
  return String(dataOf(family).state ?? '');
}
