/** What still lies between an order and its next step, as rows that lead to the place where it is done. */

import { label, words } from '../../i18n/labels';
import type { Missing } from '../../model/machine';
import { m } from '../../paraglide/messages';
import type { Place } from './follow';
import { machineName } from './round/stops';
import type { Visit } from './visit';

export interface Todo extends Place {
  key: string;
  text: string;
  detail: string;
}

export function todos(visit: Visit, missing: Missing[]): Todo[] {
  const rows = new Map<string, Todo & { count: number }>();
  for (const gap of once(missing)) {
    const row = todo(visit, gap);
    const seen = rows.get(row.key);
    if (seen) seen.count += 1;
    else rows.set(row.key, { ...row, count: 1 });
  }
  return [...rows.values()].map(({ count, ...row }) => ({
    ...row,
    detail: count > 1 ? `${row.detail} ${m.field_and_more({ count })}` : row.detail,
  }));
}

/** An open item of a round is named once, though its report would ask for it again. */
function once(missing: Missing[]): Missing[] {
  const named = new Set(missing.filter(({ guard }) => guard === 'round_complete').map(({ target }) => target));
  return missing.filter(({ guard, target }) => guard !== 'G-19' || !named.has(target));
}

function todo(visit: Visit, gap: Missing): Todo {
  const place = `#/order/${visit.order.id}`;
  const row = { key: `${gap.guard} ${gap.target}`, text: label('guard', gap.guard), detail: '', focus: null };
  if (gap.guard === 'findings') return { ...row, key: gap.guard, hash: `${place}/findings` };
  if (gap.kind === 'checklist') return { ...row, ...checklistTodo(visit, place, gap) };
  if (gap.kind === 'set') return { ...row, hash: `${place}/do`, focus: `[data-field='${gap.target}']` };
  if (gap.kind === 'quotation') return { ...row, hash: `${place}/quote` };
  if (gap.kind === 'report') {
    return { ...row, key: `report ${gap.target}`, detail: m.field_result_how(), hash: `${place}/do`, focus: '#result' };
  }
  if (gap.kind === 'every') return { ...row, ...recordTodo(visit, place, gap) };
  if (lacksEvidence(visit, gap)) return { ...row, detail: label('photo_slot', 'evidence'), hash: `${place}/photos` };
  if (gap.target === 'photo') return { ...row, hash: `${place}/photos` };
  return { ...row, detail: m.field_hand_over(), hash: `${place}/handover/acceptance` };
}

/** A refusal or absence is on record; what it lacks is its picture. */
function lacksEvidence(visit: Visit, gap: Missing): boolean {
  return gap.guard === 'G-16' && visit.signatures.some(({ data }) => data.act === 'refuse' || data.act === 'absent');
}

function checklistTodo(visit: Visit, place: string, gap: Missing): Pick<Todo, 'key' | 'detail' | 'hash'> {
  const [id, item] = gap.target.split('/');
  const checklist = visit.checklists.find((one) => one.id === id);
  const question = checklist?.data.items.find((one) => one.id === item);
  const machine = machineName(visit.machines.find((one) => one.id === checklist?.data.asset));
  const detail = [machine, words(question?.label)].filter(Boolean).join(' · ');
  return { key: `${gap.guard} ${id}`, detail, hash: `${place}/checklist/${id}/${item}` };
}

function recordTodo(visit: Visit, place: string, gap: Missing): Pick<Todo, 'detail' | 'hash'> {
  const part = visit.parts.find((one) => one.id === gap.target);
  if (part) return { detail: part.data.name, hash: `${place}/parts` };
  return { detail: '', hash: `${place}/photos` };
}
