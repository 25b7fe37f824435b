/** Reading a conflict: its sides, what was on the table, who may settle it, and what is to be offered. */

import { canonicalJson } from '../../../model/canonical';
import { fieldRule, model, type Shape } from '../../../model/exported';
import type { Conflict, ConflictSide } from '../../../model/records';
import type { App, Shown } from '../../../store/types';

export interface Side extends ConflictSide {
  live: boolean;
}

export function sides(conflict: Conflict): Side[] {
  const candidates = conflict.candidates.map((side) => ({ ...side, live: false }));
  return [{ ...conflict.live, live: true }, ...candidates];
}

export function opsOf(conflict: Conflict): string[] {
  return sides(conflict).map((side) => side.op);
}

const TYPABLE = ['text', 'decimal', 'day', 'code'];

/** The kind of value that can be typed here: a group, a list or an answer is chosen among what was written. */
export function typable(conflict: Conflict): Shape | null {
  const [field, ...more] = conflict.fields;
  if (field === undefined || more.length > 0) return null;
  const shape = fieldRule(conflict.record_type, field);
  return shape && TYPABLE.includes(shape.kind) ? shape : null;
}

/** The candidate whose author saw exactly what shows now, as after a restore: it would not have clashed. */
export function following(conflict: Conflict): ConflictSide | null {
  if (conflict.removed) return null;
  const shows = spelled(conflict.live.value);
  return conflict.candidates.find((side) => side.was !== undefined && spelled(side.was) === shows) ?? null;
}

function spelled(value: unknown): string {
  return canonicalJson(value ?? null);
}

/** The removed record that a conflict is about, as long as it is removed. */
export function removedRecord(app: App, { record_type, record, removed }: Conflict): Shown | null {
  const found = removed && app.get(record_type, record);
  return found?.gone ? found : null;
}

const ROOTS = Object.keys(model.types).filter((type) => model.types[type]?.root);

/** Only who may make such roots decides what they hold. */
export function maySettle(app: App, conflict: Shown<Conflict>): boolean {
  const root = ROOTS.find((type) => app.get(type, conflict.root));
  const roles = app.me?.roles ?? [];
  const may = (access: object | undefined) => roles.some((role) => access !== undefined && role in access);
  return may(model.types.conflict?.settle) && may(root ? model.types[root]?.create : undefined);
}

/** What much hangs on first, then what waits longest. */
export function byWeight(a: Shown<Conflict>, b: Shown<Conflict>): number {
  const weight = ({ data }: Shown<Conflict>) => (data.severity === 'major' ? 0 : 1);
  return weight(a) - weight(b) || String(a.data.opened_at).localeCompare(String(b.data.opened_at));
}
