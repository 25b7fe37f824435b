/** A part put into a machine: who allowed it, what became of the old one, and the move out of the van. */

import type { PartUse } from '../../model/records';
import { createDraft, moveDraft, setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

export interface Fitting {
  order: string;
  engineer: string;
  asset: string | null;
  use: PartUse;
}

export function usePart(fitting: Fitting, partUse: string, stockMove: string): Draft[] {
  const { order, engineer, asset, use } = fitting;
  const move = {
    part: use.part,
    from: `van:${engineer}`,
    to: `asset:${asset ?? order}`,
    quantity: use.quantity,
  };
  return [createDraft('part_use', partUse, order, use), moveDraft(stockMove, order, move)];
}

export function changePartUse(use: Shown<PartUse>, changes: Partial<PartUse>): Draft[] {
  return [setDraft(use, changes)];
}
