/** A photo and the slot it was taken for. */

import type { Photo } from '../../model/records';
import { appendDraft, hideDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export function addPhoto(order: string, photo: string, values: Photo): Draft[] {
  return [appendDraft('photo', photo, order, values)];
}

/** Hidden with a reason, never destroyed: the bytes stay evidence. */
export function hidePhoto(photo: Shown<Photo>, reason: string): Draft[] {
  return [hideDraft(photo, reason)];
}
