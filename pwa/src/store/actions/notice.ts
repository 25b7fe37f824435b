/** Whom a notice names says that he has read it. */

import type { Notice } from '../../model/records';
import { setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function noteRead(notices: Shown<Notice>[]): Draft[] {
  return notices.map((notice) => setDraft(notice, { seen: true }));
}
