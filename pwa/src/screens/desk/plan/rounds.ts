/** The rounds that patrol plans made. */

import { isOpen } from '../../../model/machine';
import type { WorkOrder } from '../../../model/records';
import type { App, Shown } from '../../../store/types';

type Round = Shown<WorkOrder>;

/** Those still to be done first, the next one foremost; then the others, the last one foremost. */
export function roundsOf(app: App, plan: string): Round[] {
  const all = app.all<WorkOrder>('work_order').filter((one) => one.data.plan === plan);
  const [open, done] = [all.filter(({ data }) => isOpen(data)), all.filter(({ data }) => !isOpen(data))];
  return [...open.sort(byDay), ...done.sort(byDay).reverse()];
}

/** How many rounds of each plan are still to be done. */
export function openRounds(app: App): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of app.all<WorkOrder>('work_order')) {
    if (one.data.plan && isOpen(one.data)) found.set(one.data.plan, (found.get(one.data.plan) ?? 0) + 1);
  }
  return found;
}

function byDay(a: Round, b: Round): number {
  return (a.data.due_on ?? '').localeCompare(b.data.due_on ?? '');
}
