/** Parked operations as the desk reads them: what belongs together, and what came too late on one order. */

import { label } from '../../../i18n/labels';
import { model } from '../../../model/exported';
import type { Data, Operation } from '../../../outbox/operation';
import type { Shown } from '../../../store/types';

export type Parked = {
  operation: Operation;
  code: string;
  detail?: Record<string, unknown> | null;
  by: string;
  /** the other members of its group */
  mates?: string[] | null;
  builds_on?: string | null;
  dependants?: string[] | null;
  /** parked decisions about it */
  attempts?: string[] | null;
  received_at: string;
  state: 'open' | 'applied' | 'dismissed';
  edited?: Data | null;
  reason?: string | null;
  settled_by?: string | null;
  settled_at?: string | null;
};

export type Entry = Shown<Parked>;

/** Settled together: the first one made, and what came with it or builds on it. */
export interface Family {
  head: Entry;
  others: Entry[];
}

/** Work of one person that came too late on one order, for one reason: several families, or a single one of any kind. */
export interface Bundle {
  late: LateCase | null;
  families: Family[];
}

/** The four ways in which good work comes too late. */
export const LATE = ['order_cancelled', 'handed_over', 'order_closed', 'report_approved'] as const;
export type LateCase = (typeof LATE)[number];

const DECISIONS = new Set(['resolve', 'unpark', 'dismiss']);

export function bundles(all: Entry[], open: boolean): Bundle[] {
  const found = new Map<string, Bundle>();
  for (const family of families(all.filter((one) => (one.data.state === 'open') === open))) {
    const late = open ? lateCase(family) : null;
    const { by, operation } = family.head.data;
    const key = late ? [late, by, String(operation.root)].join() : family.head.id;
    const bundle = found.get(key) ?? { late, families: [] };
    bundle.families.push(family);
    found.set(key, bundle);
  }
  return [...found.values()];
}

/** In the order of arrival; a decision that failed stands on the matter it was about. */
export function families(all: Entry[]): Family[] {
  const known = new Map(all.map((one) => [one.id, one]));
  const attempts = new Set(all.flatMap((one) => one.data.attempts ?? []));
  const placed = new Set<string>();
  const found: Family[] = [];
  for (const one of [...all].sort(byArrival)) {
    if (placed.has(one.id) || (attempts.has(one.id) && DECISIONS.has(one.data.operation.do))) continue;
    const members = kinOf(one, known).sort(byAuthor);
    for (const member of members) placed.add(member.id);
    found.push({ head: members[0] as Entry, others: members.slice(1) });
  }
  return found;
}

function kinOf(start: Entry, known: Map<string, Entry>): Entry[] {
  const found = new Map([[start.id, start]]);
  for (const one of found.values()) {
    const { mates, dependants, builds_on } = one.data;
    for (const id of [...(mates ?? []), ...(dependants ?? []), builds_on ?? '']) {
      const kin = known.get(id);
      if (kin) found.set(id, kin);
    }
  }
  return [...found.values()];
}

function byArrival(a: Entry, b: Entry): number {
  return a.data.received_at.localeCompare(b.data.received_at) || byAuthor(a, b);
}

/** What was parked may be malformed in every part. */
function byAuthor(a: Entry, b: Entry): number {
  const n = ({ data }: Entry) => (Number.isSafeInteger(data.operation.n) ? data.operation.n : 0);
  return n(a) - n(b);
}

export function members({ families }: Bundle): Entry[] {
  return families.flatMap((family) => [family.head, ...family.others]).sort(byAuthor);
}

function lateCase(family: Family): LateCase | null {
  const codes = [family.head, ...family.others].map(({ data }) => data.code);
  return LATE.find((code) => codes.includes(code)) ?? null;
}

/** True if a step of the order is among them: the order must be open for it. */
export function hasStep({ head, others }: Family): boolean {
  return [head, ...others].some(({ data }) => data.operation.do === 'transition');
}

/** How many were parked on an order and wait. */
export function parkedOn(all: Entry[], root: string): Entry[] {
  return all.filter((parked) => parked.data.state === 'open' && parked.data.operation.root === root);
}

/** The part of `detail` that a person can use: which field, which condition, which state, which rule of the planning. */
export function because({ detail }: Pick<Parked, 'detail'>): string {
  const words: Record<string, (value: string) => string> = {
    guard: (value) => label('guard', value),
    field: (value) => label('field', value.split('/')[0]),
    state: (value) => label('order_state', value),
    reason: (value) => (Object.hasOwn(model.enums.refusal ?? {}, value) ? label('refusal', value) : ''),
  };
  return Object.entries(detail ?? {})
    .flatMap(([name, value]) => words[name]?.(String(value)) || [])
    .join(' · ');
}
