/** A supervisor says when something happened whose device's time cannot be right. */

import type { VisitEvent } from '../../model/records';
import { setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function ruleOnTime(event: Shown<VisitEvent>, time: number, because: string): Draft[] {
  return [setDraft(event, { ruled_time: time, ruled_because: because.trim() })];
}
