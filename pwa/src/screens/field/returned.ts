/** What a supervisor returned: its name, and the place where it is corrected. */

import { label, words } from '../../i18n/labels';
import type { ReviewComment } from '../../model/records';
import { m } from '../../paraglide/messages';
import type { Place } from './follow';
import type { Visit } from './visit';

const PAGES: Record<string, string> = { photo: 'photos', part_use: 'parts', quotation: 'quote', finding: 'findings' };

export function placeOf(visit: Visit, { type, record, item }: ReviewComment): Place {
  const base = `#/order/${visit.order.id}`;
  if (type === 'checklist') return { hash: `${base}/checklist/${record}/${item ?? ''}`, focus: null };
  if (type === 'report') return { hash: `${base}/do`, focus: '#result' };
  return { hash: `${base}/${PAGES[type ?? ''] ?? 'do'}`, focus: item ? `[data-field='${item}']` : null };
}

export function nameOf(visit: Visit, comment: ReviewComment): string {
  return [label('record_type', comment.type) || m.field_report(), detailOf(visit, comment)].filter(Boolean).join(' · ');
}

function detailOf(visit: Visit, { record, item }: ReviewComment): string {
  const question = visit.checklists.find((one) => one.id === record)?.data.items.find((one) => one.id === item);
  const photo = visit.photos.find((one) => one.id === record);
  const part = visit.parts.find((one) => one.id === record);
  if (question) return words(question.label);
  if (photo) return label('photo_slot', photo.data.slot);
  return part ? part.data.name : label('field', item);
}
