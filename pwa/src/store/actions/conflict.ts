/** Decisions between values that people wrote into one field, and about a record that one removed and another edited. */

import type { Conflict } from '../../model/records';
import { resolveDraft, restoreDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function resolveConflict(conflict: Shown<Conflict>, op: string, reason: string): Draft[] {
  return [resolveDraft(conflict, { op }, reason)];
}

/** One tap: the record is there again with this value. What nobody else wrote into it needs no decision. */
export function bringBack(conflict: Shown<Conflict>, record: Shown, op: string, reason: string): Draft[] {
  if (conflict.data.candidates.length === 0) return [restoreDraft(record)];
  return [restoreDraft(record), resolveDraft(conflict, { op }, reason)];
}

export function leaveRemoved(conflict: Shown<Conflict>, reason: string): Draft[] {
  return [resolveDraft(conflict, { op: conflict.data.live.op }, reason)];
}
