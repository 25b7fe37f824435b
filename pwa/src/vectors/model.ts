/** The shared vectors about rules and values that app and server compute alike. */
import { expect } from 'vitest';
import { canonicalJson, digest } from '../model/canonical';
import { callbackState } from '../model/callback';
import { judged, verdict } from '../model/checklist';
import { absent, takeStep } from '../model/complaint';
import { gaps, holds, type Condition } from '../model/conditions';
import { model } from '../model/exported';
import type { Data, Family, Member } from '../model/family';
import { advance, missing, passed, take } from '../model/machine';
import { NoDayList, workDays } from '../model/calendar';
import { read } from '../model/promises';
import { blank, holding } from '../model/policyVersions';
import { amountOf, contentHash, totalOf } from '../model/quotation';
import type {
  ChecklistItem,
  KeptDeadline,
  QuotationLine,
  Refusal,
  ServicePolicy,
  Timer,
  WorkCalendar,
  WorkOrder,
} from '../model/records';
import { occurrences, planRefusal, type Schedule } from '../model/recurrence';
import { deadlines, nextDeadline, timeLeft, type Deadline } from '../model/sla';
import { backoff } from '../outbox/backoff';
import type { Operation } from '../outbox/operation';
import { upcast } from '../model/upcasts';
import { canonicalField } from '../model/values';
import type { Check } from './read';

type Case = { root: Member; records: Member[] };

/** A complaint's step that is refused, or was taken before. */
const STAYS = new Set(['.', '=']);

export const MODEL_CHECKS: Record<string, Check<never>> = {
  backoff: (one: {
    attempt: number;
    timed_out: boolean;
    retry_after_ms: number | null;
    random: number;
    ms: number;
  }) => {
    const failure = { timedOut: one.timed_out, retryAfterMs: one.retry_after_ms };
    expect(backoff(one.attempt, failure, one.random)).toBe(one.ms);
  },
  canonical: (one: { value: unknown; canonical: string; sha256: string; refused?: boolean }) => {
    if (one.refused) return void expect(() => canonicalJson(one.value)).toThrow();
    expect(canonicalJson(one.value)).toBe(one.canonical);
    expect(digest(one.value)).toBe(one.sha256);
  },
  callbacks: (one: { attempts: { id: string; data: Data }[]; becomes: Data }) => {
    const root = { type: 'callback', id: 'callback', data: { state: 'due' }, gone: false };
    const records = one.attempts.map((attempt) => ({ ...attempt, type: 'callback_attempt', gone: false }));
    expect(callbackState({ root, records })).toEqual(one.becomes);
  },
  values: (one: { type: string; field: string; value: unknown; canonical?: unknown; refused?: string }) => {
    const checked = () => canonicalField(one.type, one.field, one.value);
    if (one.refused) return void expect(checked).toThrow(expect.objectContaining({ reason: one.refused }));
    expect(checked()).toEqual(one.canonical);
    expect(canonicalField(one.type, one.field, one.canonical)).toEqual(one.canonical);
  },
  verdict: (one: { value: string; minimum: string | null; maximum: string | null; verdict: string }) =>
    expect(verdict(one.value, one.minimum, one.maximum)).toBe(one.verdict),
  answers: (one: { item: ChecklistItem; value: string; judged: 'pass' | 'fail' | null }) =>
    expect(judged(one.item, one.value)).toBe(one.judged),
  totals: (one: { lines: QuotationLine[]; total: number }) => {
    expect(one.lines.map((line) => amountOf(line.price, line.quantity))).toEqual(one.lines.map((line) => line.amount));
    expect(totalOf(one.lines)).toBe(one.total);
  },
  quotation_hash: (one: { order: string; quotation: Data; hash: string }) =>
    expect(contentHash(one.order, one.quotation)).toBe(one.hash),
  deadlines: (one: {
    timers: Timer[];
    settings?: Record<string, unknown>;
    order: WorkOrder;
    now: number;
    deadlines: Deadline[];
    next: Deadline | null;
    time_left: number | null;
  }) => {
    expect(deadlines(one, one.order)).toEqual(one.deadlines);
    expect(nextDeadline(one, one.order)).toEqual(one.next);
    expect(timeLeft(one, one.order, one.now)).toBe(one.time_left);
  },
  promised: (one: { kept: KeptDeadline; events: Member[]; now: number; state: string; due_at: number | null }) => {
    const records = one.events.map((event) => ({ ...event, type: 'visit_event', gone: false }));
    const { state, due_at } = read('deadline', one.kept, { root: undefined, records }, one.now);
    expect({ state, due_at }).toEqual({ state: one.state, due_at: one.due_at });
  },
  blank: (one: { policy: ServicePolicy; blank: string | null }) => expect(blank(one.policy)).toBe(one.blank),
  policy_versions: (one: { versions: ServicePolicy[]; moment: number; holds: number | null }) => {
    const versions = one.versions.map((data) => ({ id: String(data.version), data }));
    expect(holding(versions, one.moment)?.data.version ?? null).toBe(one.holds);
  },
  conditions: (one: { condition: Condition; data: Data; records: Member[]; gaps: string[][] }) => {
    const family = { root: { type: 'work_order', id: 'order', data: one.data, gone: false }, records: one.records };
    expect(gaps(one.condition, one.data, family).map(({ kind, target }) => [kind, target])).toEqual(one.gaps);
    expect(holds(one.condition, one.data, family)).toBe(one.gaps.length === 0);
  },
  times: (one: { text: string; ms: number; wire: boolean }) => {
    expect(Date.parse(one.text)).toBe(one.ms);
    if (one.wire) expect(new Date(one.ms).toISOString()).toBe(one.text);
  },
  guards: (one: Case & { name: string; guard: string; holds: boolean }) =>
    expect(holds(model.machine.guards[one.guard] ?? {}, one.root.data, one), one.name).toBe(one.holds),
  steps: (one: Case & { step: string; outcomes: Record<string, string> }) => {
    for (const [state, expected] of Object.entries(one.outcomes)) {
      const there: Family = { ...one, root: { ...one.root, data: { ...one.root.data, state } } };
      expect(outcome(one.step, there), `${one.step} in ${state}`).toBe(expected);
    }
  },
  complaint_steps: ({ step, data, leads }: { step: string; data: Data; leads: string }) => {
    const taken = STAYS.has(leads) ? {} : { state: leads };
    expect(takeStep(step, data), `${step} in ${data.state}`).toEqual(taken);
  },
  complaint_records: ({ data, absent: fields }: { data: Data; absent: string[] }) => {
    expect(absent(data)).toEqual(fields);
  },
  recurrence: (one: {
    plan: Schedule;
    calendar: WorkCalendar;
    first: string;
    last: string;
    refusal: Refusal | null;
    days?: string[][];
    missing_year?: number | null;
  }) => {
    expect(planRefusal(one.plan)).toEqual(one.refusal);
    if (one.days) expect(dueDays(one)).toEqual({ days: one.days, missing: one.missing_year });
  },
  upcasts: (one: { name: string; operation: Operation; today: Data }) => {
    const { operation, today } = one;
    expect(upcast(operation), one.name).toEqual({ ...operation, [operation.do]: today });
  },
  journeys: (one: Case & { advance: Data; missing: string[][] }) => {
    expect(advance(one)).toEqual(one.advance);
    expect(missing(one).map(({ guard, kind, target }) => [guard, kind, target])).toEqual(one.missing);
  },
};

/** `y` leads on, `=` is there already or beyond, `.` is refused. */
function outcome(step: string, family: Family): string {
  if (Object.keys(take(step, family)).length > 0) return 'y';
  return passed(step, family) ? '=' : '.';
}

/** What a case tells at most, as its maker does. */
const MOST_DAYS = 12;

type Asked = { plan: Schedule; calendar: WorkCalendar; first: string; last: string };

function dueDays({ plan, calendar, first, last }: Asked) {
  const days: string[][] = [];
  try {
    for (const { nominal, due, opens, closes } of occurrences(plan, first, last, workDays(calendar))) {
      days.push([nominal, due, opens, closes]);
      if (days.length === MOST_DAYS) break;
    }
  } catch (error) {
    if (!(error instanceof NoDayList)) throw error;
    return { days, missing: error.year };
  }
  return { days, missing: null };
}
