/** The caller's reading of callbacks: which are to be made now, which wait, which are over, and what comes first. */

import { mayCall } from '../../../model/callback';
import type { Callback, CallbackAnswer, Question, WorkOrder } from '../../../model/records';
import type { App, Shown } from '../../../store/types';

export type Call = Shown<Callback>;

export type Filter = 'now' | 'later' | 'over';

/** In its window and not put off; a window that has passed stays, until somebody has called. */
function isNow({ data }: Call, now: number): boolean {
  return data.state === 'due' && data.visible_from <= now && (data.next_attempt_at ?? 0) <= now;
}

export function isOverdue({ data }: Call, now: number): boolean {
  return data.state === 'due' && data.closes_at <= now;
}

function filterOf(call: Call, now: number): Filter {
  if (call.data.state !== 'due') return 'over';
  return isNow(call, now) ? 'now' : 'later';
}

/** Nobody calls about his own job, so he does not see it here either. */
export function callable(calls: Call[], user: string): Call[] {
  return calls.filter(({ data }) => mayCall(user, data));
}

/** The window that closes first comes first, so overdue ones lead; what is over shows the newest first. */
export function filtered(calls: Call[], filter: Filter, now: number): Call[] {
  const found = calls.filter((call) => filterOf(call, now) === filter);
  const at = ({ data }: Call) => (filter === 'later' ? comesAt(data) : data.closes_at);
  const sorted = found.sort((one, other) => at(one) - at(other) || (one.id < other.id ? -1 : 1));
  return filter === 'over' ? sorted.reverse() : sorted;
}

/** When it may be tried, or tried again. */
export function comesAt(callback: Callback): number {
  return Math.max(callback.visible_from, callback.next_attempt_at ?? 0);
}

/** The order that an answer opened, once the scheduler has made it. */
export function followUpOf(app: App, callback: string): Shown<WorkOrder> | undefined {
  return app.all<WorkOrder>('work_order').find((order) => order.data.opened_from === callback);
}

/** What was typed or tapped, as the answers that are sent; a question nobody answered is left out. */
export function answersOf(questions: Question[], given: Record<string, string>): CallbackAnswer[] {
  return questions.flatMap(({ id, kind }) => {
    const value = (given[id] ?? '').trim();
    if (value === '') return [];
    return [
      kind === 'score'
        ? { question: id, score: Number(value), text: null }
        : { question: id, score: null, text: value },
    ];
  });
}
