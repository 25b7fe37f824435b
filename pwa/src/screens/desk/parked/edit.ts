/** A parked operation's values in the form in which a person edits them, and back into a body for the same `do`. */

import { fieldRule, together, type Shape } from '../../../model/exported';
import { canonicalField, InvalidField } from '../../../model/values';
import type { Operation } from '../../../outbox/operation';

type Values = Record<string, unknown>;

export interface Editable {
  field: string;
  shape: Shape;
  value: unknown;
}

const EDITED = new Set(['create', 'append', 'set']);
const KINDS = new Set(['text', 'integer', 'decimal', 'day', 'instant', 'money', 'flag', 'code', 'reference', 'struct']);

/** The values that can be edited; signatures, steps and what no form can show are applied as they are. */
export function editables(operation: Operation): Editable[] {
  if (!EDITED.has(operation.do)) return [];
  return Object.entries(valuesOf(operation)).flatMap(([field, value]) => {
    const shape = fieldRule(operation.type, field);
    return shape && isEditable(shape) ? [{ field, shape, value }] : [];
  });
}

function isEditable(shape: Shape): boolean {
  if (shape.kind === 'struct') return Object.values(shape.members ?? {}).every((one) => KINDS.has(one.kind));
  return KINDS.has(shape.kind) && !(shape.kind === 'reference' && shape.to !== 'user');
}

function valuesOf(operation: Operation): Values {
  const body = (operation[operation.do] ?? {}) as Values;
  if (operation.do !== 'set') return (body.values ?? {}) as Values;
  return Object.fromEntries(Object.entries(body).map(([field, change]) => [field, (change as { to: unknown }).to]));
}

/**
 * The body with these values instead. A field that is left out keeps its live value; members of one value go together.
 * `live` is what showed when the form was opened: who edits has seen it, so his value replaces it.
 */
export function editedBody(operation: Operation, values: Values, leftOut: Set<string>, live: Values): Values {
  const { type } = operation;
  const all = { ...valuesOf(operation), ...values };
  const kept = Object.entries(all).filter(([field]) => !together(type, field).some((one) => leftOut.has(one)));
  const canonical = kept.map(([field, value]) => [field, checked(type, field, value)] as const);
  if (operation.do !== 'set') return { values: Object.fromEntries(canonical.filter(([, value]) => value !== null)) };
  const was = (field: string) => checked(type, field, live[field]);
  return Object.fromEntries(canonical.map(([field, to]) => [field, { was: was(field), to }]));
}

function checked(type: string, field: string, value: unknown): unknown {
  try {
    return canonicalField(type, field, value === '' ? null : value);
  } catch (error) {
    if (error instanceof InvalidField) throw new InvalidField(error.reason, field);
    throw error;
  }
}
