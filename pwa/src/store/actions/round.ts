/** What an engineer does on a round: leave a machine out, come back to it, say what becomes of what he found. */

import type { Checklist, Finding, WorkOrder } from '../../model/records';
import { createDraft, setDraft, transitionDraft } from '../drafts';
import type { Draft, Shown } from '../types';
import { takeStep } from './workOrder';

/** The round begins at its first machine; its visit remembers when. */
export function beginRound(order: Shown<WorkOrder>, visitEvent: string): Draft[] {
  return takeStep(order, 'inspect', visitEvent, { kind: 'start' });
}

/** The whole round cannot be done, with its reason. */
export function missRound(order: Shown<WorkOrder>, reason: string): Draft[] {
  return [setDraft(order, { missed_because: reason.trim() }), transitionDraft(order, 'miss')];
}

export function skipMachine(checklist: Shown<Checklist>, reason: string): Draft[] {
  return [setDraft(checklist, { skipped_because: reason.trim() })];
}

export function inspectAfterAll(checklist: Shown<Checklist>): Draft[] {
  return [setDraft(checklist, { skipped_because: null })];
}

export function recordFinding(order: string, finding: string, values: Finding): Draft[] {
  return [createDraft('finding', finding, order, values)];
}

/** Only what differs from what was looked at. */
export function changeFinding(shown: Shown<Finding>, values: Finding): Draft[] {
  const known = shown.data as Record<string, unknown>;
  const changed = Object.entries(values).filter(([field, value]) => (known[field] ?? null) !== (value ?? null));
  return changed.length ? [setDraft(shown, Object.fromEntries(changed))] : [];
}
