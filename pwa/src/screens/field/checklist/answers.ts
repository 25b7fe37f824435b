/** What an answer still lacks, and the limits of a measured value in words. */

import type { Answer, Checklist, ChecklistItem } from '../../../model/records';
import { answerOf } from '../../../store/actions/checklist';
import type { Shown } from '../../../store/types';

export const EMPTY: Answer = { result: null, value: null, note: null, reason: null };

/** What counts as work to do: every required item, and an optional one once it is answered. */
export function asked(checklist: Shown<Checklist>): ChecklistItem[] {
  return checklist.data.items.filter((item) => item.required || answerOf(checklist, item.id)?.result);
}

export function isComplete(item: ChecklistItem, answer: Answer | null, pictured: boolean): boolean {
  return answer !== null && answer.result !== null && lacks(item, answer, pictured).length === 0;
}

export type Lack = 'note' | 'photo' | 'reason' | 'instrument';

/** A failure needs a note and a picture, a measurement its instrument; a critical item that does not apply its reason. */
export function lacks(item: ChecklistItem, answer: Answer, pictured: boolean): Lack[] {
  if (answer.result === 'na') return item.critical && !answer.reason ? ['reason'] : [];
  const instrument: Lack[] = answer.result && item.instrument && !answer.instrument ? ['instrument'] : [];
  if (answer.result !== 'fail') return instrument;
  const photo: Lack[] = pictured || item.photo_on_fail === false ? [] : ['photo'];
  return [...(answer.note ? [] : ['note' as const]), ...photo, ...instrument];
}

/** What was last measured with the same kind of instrument on this order. */
export function lastInstrument(checklists: Shown<Checklist>[], wanted: ChecklistItem): string {
  const used = checklists.flatMap((checklist) =>
    checklist.data.items
      .filter((item) => item.instrument === wanted.instrument)
      .flatMap((item) => answerOf(checklist, item.id)?.instrument ?? []),
  );
  return used.at(-1) ?? '';
}

export function limits(item: ChecklistItem): string {
  if (item.kind === 'count_ratio') return item.maximum ? `< ${item.maximum} %` : '0';
  const { minimum, maximum } = item;
  const end = item.unit ? ` ${item.unit}` : '';
  if (minimum && maximum) return `${minimum} – ${maximum}${end}`;
  if (minimum) return `${item.minimum_exclusive ? '>' : '≥'} ${minimum}${end}`;
  return maximum ? `${item.maximum_exclusive ? '<' : '≤'} ${maximum}${end}` : end.trim();
}
