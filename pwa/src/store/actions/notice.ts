/** Whom a notice names says that he has read it. */

import type { Notice } from '../../model/records';
import { setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function noteRead(notice: Shown<Notice>): Draft[] {
  return [setDraft(notice, { seen: true })];
}
