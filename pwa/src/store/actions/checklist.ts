/** Answers to a checklist, one unit per item, with the reading a number leaves beside it. */

import type { Answer, Checklist, ChecklistItem, ChecklistTemplate } from '../../model/records';
import { appendDraft, createDraft, setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function answerOf(checklist: Shown<Checklist>, item: string): Answer | null {
  return (checklist.data[`answers/${item}`] as Answer | null | undefined) ?? null;
}

export function answerItem(checklist: Shown<Checklist>, item: string, answer: Answer): Draft[] {
  return [setDraft(checklist, { [`answers/${item}`]: answer })];
}

/** A value outside its limits is an answer like any other: it is recorded and judged, never refused. */
export function answerNumber(
  checklist: Shown<Checklist>,
  item: ChecklistItem,
  answer: Answer,
  reading: string,
): Draft[] {
  const values = {
    checklist: checklist.id,
    item: item.id,
    value: answer.value,
    unit: item.unit ?? null,
    verdict: answer.result,
    minimum: item.minimum ?? null,
    maximum: item.maximum ?? null,
    instrument: answer.instrument ?? null,
  };
  return [...answerItem(checklist, item.id, answer), appendDraft('reading', reading, checklist.root, values)];
}

export function addChecklist(template: Shown<ChecklistTemplate>, order: string, checklist: string): Draft[] {
  const values = {
    template: template.id,
    template_version: template.data.version,
    name: template.data.name,
    items: template.data.items,
  };
  return [createDraft('checklist', checklist, order, values)];
}
