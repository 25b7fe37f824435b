/** A complaint: handed in on site or registered at the desk, then handled step by step. */

import type { Complaint } from '../../model/records';
import { createDraft, setDraft, transitionDraft } from '../drafts';
import type { Draft, Shown } from '../types';

type Case = Shown<Complaint>;
export type Changes = Partial<Complaint>;

export function registerComplaint(complaint: string, values: Changes): Draft[] {
  return [createDraft('complaint', complaint, complaint, values)];
}

export function changeComplaint(complaint: Case, changes: Changes): Draft[] {
  return Object.keys(changes).length > 0 ? [setDraft(complaint, changes)] : [];
}

/** What the step asks for is written down with it, so that neither stays without the other. */
export function takeStep(complaint: Case, step: string, changes: Changes): Draft[] {
  return [...changeComplaint(complaint, changes), transitionDraft(complaint, step)];
}
