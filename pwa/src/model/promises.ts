/** A stored deadline as this device sees it now: what happened here since the last exchange counts at once. */
import { model } from './exported';
import { madeAt, of, type Data, type Family, type Member } from './family';
import type { KeptDeadline, Pause } from './records';
import type { Deadline, Point } from './sla';

const MINUTE = 60_000;
/** Due never, while a pause without end holds the clock. */
const HELD = Infinity;
const { visit: VISIT, warnings: WARNINGS } = model.timers;

export interface Reading {
  id: string;
  data: KeptDeadline;
  /** a state of the model, or `done`: its event happened here, and only the server can say whether in time */
  state: string;
  /** null while a pause or a missing calendar holds it */
  due_at: number | null;
  pauses: Pause[];
  stopped_at: number | null;
  /** when how much of the limit is used up, in percent */
  warnings: Point[];
}

const OPEN = new Set(['running', 'breached', 'unknown']);

export function isRunning(reading: Reading): boolean {
  return OPEN.has(reading.state);
}

/** A deadline that no timer asks for any more is no promise. */
export function isPromised(data: Pick<KeptDeadline, 'state'>): boolean {
  return data.state !== 'withdrawn';
}

/** Every deadline of an order, what is due first in front, what is over at the end. */
export function readings(family: Family, now: number): Reading[] {
  const found = of(family, 'deadline')
    .filter((one) => isPromised(one.data as KeptDeadline))
    .map((one) => read(one.id, one.data as KeptDeadline, family, now));
  const at = (one: Reading) => (isRunning(one) ? (one.due_at ?? 0) : Number.MAX_SAFE_INTEGER);
  const byName = (one: Reading, other: Reading) => (one.data.name < other.data.name ? -1 : 1);
  return found.sort((a, b) => at(a) - at(b) || a.data.start_at - b.data.start_at || byName(a, b));
}

export function read(id: string, data: KeptDeadline, family: Family, now: number): Reading {
  const pauses = data.pausable ? pausesOf(family, data.start_at) : [];
  const points = pointsOf(data, pauses);
  const due = points && (points.find((point) => point.share === 100)?.at ?? HELD);
  const due_at = due === HELD ? null : due;
  const stop = stopOf(data, family);
  const state = stateOf(data, stop, due, pauses, now);
  const warnings = (points ?? []).filter(({ share }) => WARNINGS.includes(share));
  return { id, data, state, due_at, pauses, stopped_at: data.stopped_at ?? stop?.at ?? null, warnings };
}

/** The nearest deadline that still runs, as lists show it. */
export function nearest(found: Reading[]): Deadline | null {
  const first = found.find((one) => isRunning(one) && one.due_at !== null);
  return first ? { name: first.data.name, due_at: first.due_at!, warnings: first.warnings } : null;
}

/** The highest warning that was reached, in percent; 0 for none. */
export function shareOf(warnings: Point[], now: number): number {
  return Math.max(0, ...warnings.filter(({ at }) => at <= now).map(({ share }) => share));
}

function stateOf(data: KeptDeadline, stop: Stop | null, due: number | null, pauses: Pause[], now: number): string {
  if (given(data.stopped_at) || data.state === 'no_calendar') return data.state;
  if (stop) return judged(stop.at, due);
  if (pauses.some(({ from, until }) => from <= now && now < (until ?? Infinity))) return 'paused';
  if (due === null || now <= due) return 'running';
  return data.state === 'unknown' ? 'unknown' : 'breached';
}

function judged(at: number | null, due: number | null): string {
  if (at === null || due === null) return 'done';
  return at <= due ? 'met' : 'missed';
}

interface Stop {
  at: number | null;
}

/** Whether and when the event that ends the timer happened, as far as this device knows. */
function stopOf(data: KeptDeadline, family: Family): Stop | null {
  if (family.root?.type === 'complaint') return handledAt(data.stop, family.root.data);
  const kinds = Object.keys(VISIT).filter((kind) => VISIT[kind]!.includes(data.stop));
  const events = of(family, 'visit_event').filter((one) => kinds.includes(String(one.data.kind)));
  if (events.length > 0) return { at: Math.min(...events.map(happened)) };
  const facts = of(family, FACTS[data.stop]?.type ?? '').filter((one) => FACTS[data.stop]!.holds(one));
  if (facts.length === 0) return null;
  return { at: FACTS[data.stop]!.timed ? Math.min(...facts.map(happened)) : null };
}

/** A complaint says itself when each step was taken; its closing ends what was not done. */
function handledAt(stop: string, complaint: Data): Stop | null {
  const at = complaint[`${stop}_at`] ?? complaint.closed_at;
  return given(at) ? { at: Number(at) } : null;
}

/** Where a record alone is the event; of what is presented later than made, only the server knows when. */
const FACTS: Record<string, { type: string; timed: boolean; holds: (one: Member) => boolean }> = {
  reported: { type: 'report', timed: true, holds: () => true },
  solved: { type: 'report', timed: false, holds: (one) => one.data.result === 'done' },
  replaced: { type: 'part_use', timed: true, holds: () => true },
  planned: { type: 'quotation', timed: false, holds: (one) => one.data.state === 'presented' },
};

/** When it happened as far as this device knows. */
export function happened(one: Member): number {
  return (one.data.event_time as number | null | undefined) ?? madeAt(one.id);
}

/** From each hold to the next resume, as far as they lie after the start. */
export function pausesOf(family: Family, start: number): Pause[] {
  const moments = of(family, 'visit_event')
    .map((one) => ({ at: happened(one), kind: String(one.data.kind) }))
    .sort((one, other) => one.at - other.at || (one.kind < other.kind ? -1 : 1));
  const found: Pause[] = [];
  let since: number | null = null;
  for (const { at, kind } of moments) {
    if (kind === 'hold') since ??= at;
    else if (kind === 'resume' && since !== null) {
      found.push({ from: since, until: at });
      since = null;
    }
  }
  if (since !== null) found.push({ from: since, until: null });
  return found
    .filter(({ until }) => (until ?? Infinity) > start)
    .map(({ from, until }) => ({ from: Math.max(from, start), until }));
}

/** The device reckons minutes round the clock itself; working time that was paused here is null until the server did. */
function pointsOf(data: KeptDeadline, pauses: Pause[]): Point[] | null {
  const kept = data.points ?? [];
  if (!data.pausable || JSON.stringify(pauses) === JSON.stringify(data.pauses ?? [])) return kept;
  if (data.calendar !== '24x7' || data.limit_unit !== 'min') return null;
  return WARNINGS.flatMap((share) => {
    const at = walk(data.start_at, pauses, Math.floor((data.limit * MINUTE * share) / 100));
    return at === null ? [] : [{ share, at }];
  });
}

function walk(start: number, pauses: Pause[], used: number): number | null {
  let at = start;
  let left = used;
  for (const { from, until } of pauses) {
    if (at + left <= from || used === 0) break;
    if (!given(until)) return null;
    left -= Math.max(0, from - at);
    at = Math.max(at, until!);
  }
  return at + left;
}

function given(value: unknown): boolean {
  return value !== null && value !== undefined;
}
