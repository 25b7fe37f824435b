/** Reading a conflict: its sides, what was on the table, and whether a new value can be typed here. */

import type { Conflict, ConflictSide } from '../../../model/records';
import { shapeOf, type Shape } from '../../../model/labels';

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
  const shape = shapeOf(conflict.record_type, field);
  return shape && TYPABLE.includes(shape.kind) ? shape : null;
}
