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

export type Lack = 'note' | 'photo' | 'reason';

/** A failure needs a note and a picture; a critical item that does not apply needs its reason. */
export function lacks(item: ChecklistItem, answer: Answer, pictured: boolean): Lack[] {
  if (answer.result === 'na') return item.critical && !answer.reason ? ['reason'] : [];
  if (answer.result !== 'fail') return [];
  const photo: Lack[] = pictured || item.photo_on_fail === false ? [] : ['photo'];
  return answer.note ? photo : ['note', ...photo];
}

export function limits({ minimum, maximum, unit }: ChecklistItem): string {
  const end = unit ? ` ${unit}` : '';
  if (minimum && maximum) return `${minimum} – ${maximum}${end}`;
  if (minimum) return `≥ ${minimum}${end}`;
  return maximum ? `≤ ${maximum}${end}` : end.trim();
}
