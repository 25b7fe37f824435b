/** Checklists: the verdict of a measured value, and what is still to be answered. */
import { millionths } from './decimal';
import type { Member } from './family';
import type { Answer, ChecklistItem } from './records';

type Found = [checklist: Member, item: ChecklistItem];

/** Within the limits, both inclusive, or not; a limit that is not set never fails. */
export function verdict(value: string, minimum?: string | null, maximum?: string | null): 'pass' | 'fail' {
  const number = millionths(value);
  if (minimum && number < millionths(minimum)) return 'fail';
  if (maximum && number > millionths(maximum)) return 'fail';
  return 'pass';
}

export function unanswered(checklists: Member[], phase: string): string[] {
  return names(items(checklists, phase).filter(([list, item]) => item.required && !answer(list, item).result));
}

export function failed(checklists: Member[], phase: string): string[] {
  return names(
    items(checklists, phase).filter(([list, item]) => item.required && answer(list, item).result === 'fail'),
  );
}

/** The items of a phase while none of them has a result. */
export function notStarted(checklists: Member[], phase: string): string[] {
  const found = items(checklists, phase);
  return found.some(([list, item]) => answer(list, item).result) ? [] : names(found);
}

/** Items that lack a required result, the note or photo of a failure, or the reason for a critical n/a. */
export function incomplete(checklists: Member[], photos: Member[]): string[] {
  const pictured = new Set(photos.map((photo) => `${photo.data.checklist}/${photo.data.item}`));
  const done = checklists.filter((list) => !list.data.skipped_because);
  const all = done.flatMap((list) => itemsOf(list).map((item): Found => [list, item]));
  return names(all.filter(([list, item]) => !complete(item, answer(list, item), pictured.has(name(list, item)))));
}

function complete(item: ChecklistItem, given: Partial<Answer>, pictured: boolean): boolean {
  if (given.result === 'fail') return Boolean(given.note) && (pictured || item.photo_on_fail === false);
  if (given.result === 'na') return !item.critical || Boolean(given.reason);
  return Boolean(given.result) || !item.required;
}

function answer(checklist: Member, item: ChecklistItem): Partial<Answer> {
  return (checklist.data[`answers/${item.id}`] as Answer | null | undefined) ?? {};
}

function items(checklists: Member[], phase: string): Found[] {
  return checklists.flatMap((list) =>
    itemsOf(list)
      .filter((item) => item.phase === phase)
      .map((item): Found => [list, item]),
  );
}

function itemsOf(checklist: Member): ChecklistItem[] {
  return (checklist.data.items as ChecklistItem[] | undefined) ?? [];
}

function names(found: Found[]): string[] {
  return found.map(([list, item]) => name(list, item));
}

function name(checklist: Member, item: ChecklistItem): string {
  return `${checklist.id}/${item.id}`;
}
