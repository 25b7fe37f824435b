/** Warnings and escalations to whoever is signed in: the newest first. */

import type { Notice } from '../../../model/records';
import { noteRead } from '../../../store/actions/notice';
import type { Draft, Shown } from '../../../store/types';

export type Told = Shown<Notice>;

/** As many as one group of changes may hold. */
const MOST_AT_ONCE = 50;

export function noticesTo(user: string, all: Told[]): Told[] {
  return all.filter((one) => one.data.to === user).sort((a, b) => b.data.at - a.data.at);
}

export function unread(notices: Told[]): Told[] {
  return notices.filter((one) => !one.data.seen);
}

/** Groups of changes that mark these as read. */
export function readDrafts(notices: Told[]): Draft[][] {
  const drafts = noteRead(unread(notices));
  const starts = Array.from({ length: Math.ceil(drafts.length / MOST_AT_ONCE) }, (_, at) => at * MOST_AT_ONCE);
  return starts.map((start) => drafts.slice(start, start + MOST_AT_ONCE));
}
