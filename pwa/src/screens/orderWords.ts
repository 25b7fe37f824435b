/** Where an order stands and how it ended, in the words of its kind: a round is inspected and signed, not repaired. */

import { date, shortDate } from '../i18n/format';
import { label } from '../i18n/labels';
import type { WorkOrder } from '../model/records';
import { isRound } from '../model/round';
import { m } from '../paraglide/messages';

const ROUND_STATES: Record<string, () => string> = {
  diagnosing: m.round_inspecting,
  settled: m.round_signed,
};

export function stateWords(order: Pick<WorkOrder, 'type' | 'state'>): string {
  const own = isRound(order) ? ROUND_STATES[order.state] : undefined;
  return own ? own() : label('order_state', order.state);
}

/** What an order is judged by beside its priority. */
export const LEVELS = [
  { field: 'severity', enumeration: 'severity' },
  { field: 'grade', enumeration: 'service_grade' },
  { field: 'case', enumeration: 'case_class' },
] as const;

export function levelWords(order: WorkOrder): string[] {
  return LEVELS.map(({ field, enumeration }) => label(enumeration, order[field])).filter(Boolean);
}

export function resultWords(order: Pick<WorkOrder, 'type'>, result: string | null | undefined): string {
  return isRound(order) && result === 'done' ? m.round_result_done() : label('report_result', result);
}

/** The days of a round, each as the reader writes it. */
export function windowWords({ due_on: due, opens_on: opens, closes_on: closes }: WorkOrder): string {
  if (!due) return '';
  return m.round_window({ due: date(due), opens: shortDate(opens ?? due), closes: shortDate(closes ?? due) });
}
