/** A decision between values that two people wrote into one field. */

import type { Conflict } from '../../model/records';
import { resolveDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function resolveConflict(conflict: Shown<Conflict>, op: string, reason: string): Draft[] {
  return [resolveDraft(conflict, { op }, reason)];
}
