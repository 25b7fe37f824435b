/** Checklists: the verdict of a measured value, and what is still to be answered. */
import { isDecimal, millionths } from './decimal';
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

/** `out/total`: fails from `maximum` percent out on, or with any out if there is no limit. */
export function ratioVerdict(value: string, maximum?: string | null): 'pass' | 'fail' {
  const [out = 0n, total = 0n] = value.split('/').map(BigInt);
  if (!maximum) return out > 0n ? 'fail' : 'pass';
  return out * 100_000_000n >= millionths(maximum) * total ? 'fail' : 'pass';
}

/** The verdict that a value leads to by itself; null where a person judges or the value has another shape. */
export function judged(item: ChecklistItem, value: string): 'pass' | 'fail' | null {
  if (item.kind === 'number') return isDecimal(value) ? judgedNumber(item, value) : null;
  if (item.kind === 'count_ratio') return isRatio(value) ? ratioVerdict(value, item.maximum) : null;
  const chosen = item.kind === 'choice' ? item.options?.find((one) => one.code === value) : undefined;
  return chosen?.defect ? 'fail' : null;
}

function judgedNumber(item: ChecklistItem, value: string): 'pass' | 'fail' {
  const touches = (limit?: string | null) => Boolean(limit) && millionths(value) === millionths(limit!);
  if (item.minimum_exclusive && touches(item.minimum)) return 'fail';
  if (item.maximum_exclusive && touches(item.maximum)) return 'fail';
  return verdict(value, item.minimum, item.maximum);
}

/** A count out of a total, such as `3/12`. */
export function isRatio(value: string): boolean {
  const found = /^([0-9]{1,6})\/([0-9]{1,6})$/.exec(value);
  return found !== null && Number(found[2]) > 0 && Number(found[1]) <= Number(found[2]);
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

/** Items that lack a required result, an instrument, the note or photo of a failure, or the reason for an n/a. */
export function incomplete(checklists: Member[], photos: Member[]): string[] {
  const pictured = new Set(photos.map((photo) => `${photo.data.checklist}/${photo.data.item}`));
  const done = checklists.filter((list) => !list.data.skipped_because);
  const all = done.flatMap((list) => itemsOf(list).map((item): Found => [list, item]));
  return names(all.filter(([list, item]) => !complete(item, answer(list, item), pictured.has(name(list, item)))));
}

/** Failed items of the machines that were not skipped, for which nobody said what becomes of it. */
export function withoutFinding(checklists: Member[], findings: Member[]): string[] {
  const known = new Set(findings.map((finding) => `${finding.data.checklist}/${finding.data.item}`));
  const done = checklists.filter((list) => !list.data.skipped_because);
  const failing = done.flatMap((list) =>
    itemsOf(list)
      .filter((item) => answer(list, item).result === 'fail')
      .map((item): Found => [list, item]),
  );
  return names(failing).filter((one) => !known.has(one));
}

function complete(item: ChecklistItem, given: Partial<Answer>, pictured: boolean): boolean {
  if (given.result === 'na') return !item.critical || Boolean(given.reason);
  if (given.result && item.instrument && !given.instrument) return false;
  if (given.result === 'fail') return Boolean(given.note) && (pictured || item.photo_on_fail === false);
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
