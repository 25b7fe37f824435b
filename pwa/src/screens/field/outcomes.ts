/** What an author is told about a change that was not simply taken: what happened, and what happens next. */

import { label } from '../../i18n/labels';
import type { Outcome } from '../../model/records';
import { m } from '../../paraglide/messages';

export function outcomeTitle({ verdict, state }: Outcome): string {
  if (verdict === 'applied') return m.field_value_decided();
  if (verdict === 'conflicted') return m.field_conflict_settled();
  return state === 'open' ? m.field_parked() : m.field_parked_settled();
}

/** `gone`: the item that the change is about is removed now. */
export function outcomeWords({ operation, state, decision, edited }: Outcome, gone: boolean): string[] {
  if (state === 'open') return [m.field_kept_whole()];
  if (decision === 'mine' || decision === 'other') return [decided(operation.do, decision === 'mine', gone)];
  const how = edited ? m.desk_edited() : label('outcome_state', state);
  return [how, decision && decision !== state ? decision : ''];
}

function decided(what: string, mine: boolean, gone: boolean): string {
  if (what === 'hide') return mine ? m.field_stays_removed() : m.field_came_back();
  if (!mine && gone) return m.field_stays_removed();
  return mine ? m.field_mine_taken() : m.field_other_taken();
}
