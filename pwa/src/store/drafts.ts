/** Makers of drafts: a screen says what changes, the value its author saw comes from the record he looked at. */

import type { Data } from '../outbox/operation';
import type { Draft, Shown } from './types';

type Values = Record<string, unknown>;

export function createDraft(type: string, record: string, root: string, values: Values): Draft {
  return { type, record, root, do: 'create', body: { values } };
}

export function appendDraft(type: string, record: string, root: string, values: Values): Draft {
  return { type, record, root, do: 'append', body: { values } };
}

/** `shown` must be what the author looked at when he started to edit, not what came in meanwhile. */
export function setDraft(shown: Shown, changes: Values): Draft {
  const body = Object.fromEntries(
    Object.entries(changes).map(([field, to]) => [field, { was: shown.data[field] ?? null, to }]),
  );
  return { ...address(shown), do: 'set', body };
}

export function transitionDraft(shown: Shown, name: string): Draft {
  return { ...address(shown), do: 'transition', body: { name, from: shown.data.state } };
}

export function moveDraft(
  record: string,
  root: string,
  body: { part: string; from: string; to: string; quantity: number },
): Draft {
  return { type: 'stock_move', record, root, do: 'move', body };
}

export function signDraft(record: string, root: string, statement: unknown, ink: number[][]): Draft {
  return { type: 'signature', record, root, do: 'sign', body: { statement, ink } };
}

export function hideDraft(shown: Shown, reason: string): Draft {
  return { ...address(shown), do: 'hide', body: { reason } };
}

export function restoreDraft(shown: Shown): Draft {
  return { ...address(shown), do: 'restore', body: {} };
}

/** `saw` lists the operation ids of the live value and of every candidate the decider looked at. */
export function resolveDraft(conflict: Shown, choose: { op: string } | { value: unknown }, reason: string): Draft {
  const { live, candidates } = conflict.data as {
    live: { op: string };
    candidates: { op: string }[];
  };
  const saw = [live, ...candidates].map((value) => value.op);
  return { ...address(conflict), do: 'resolve', body: { conflict: conflict.id, choose, reason, saw } };
}

/** As it is, or with another body for the same `do`, and why. */
export function unparkDraft(parked: Shown, edit?: { edited: Data; reason: string }): Draft {
  return { ...address(parked), do: 'unpark', body: edit ?? {} };
}

export function dismissDraft(parked: Shown, reason: string): Draft {
  return { ...address(parked), do: 'dismiss', body: { reason } };
}

function address(shown: Shown): Pick<Draft, 'type' | 'record' | 'root'> {
  return { type: shown.type, record: shown.id, root: shown.root };
}
