/** What an author is told about a change that was not simply taken: what happened, and what happens next. */

import { label } from '../../i18n/labels';
import type { Outcome } from '../../model/records';
import { m } from '../../paraglide/messages';
import type { Shown } from '../../store/types';

/** What is told about one order; an open conflict has a card of its own. */
export function toldOn(all: Shown<Outcome>[], root: string): Shown<Outcome>[] {
  const mine = all.filter(({ data }) => data.operation.root === root);
  return mine.filter(({ data }) => data.verdict === 'parked' || data.state !== 'open');
}

/** Changes with one fate are told once: all that wait together, then all that were decided in the same words. */
export function alike(outcomes: Shown<Outcome>[]): Shown<Outcome>[][] {
  const groups = new Map<string, Shown<Outcome>[]>();
  for (const outcome of outcomes) {
    const { verdict, state, decision, decided_by, edited } = outcome.data;
    const alone = verdict !== 'parked' || edited ? outcome.id : '';
    const fate = state === 'open' ? [verdict, state] : [verdict, state, decision, decided_by];
    const key = JSON.stringify([...fate, alone]);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups.values()];
}

/** That one thing waits for another needs no words where the other is told as well. */
const DERIVED = new Set(['depends_on', 'group_mate']);

export function reasons(outcomes: Shown<Outcome>[]): string[] {
  const codes = [...new Set(outcomes.flatMap(({ data }) => data.code ?? []))];
  const own = codes.filter((code) => !DERIVED.has(code));
  return own.length > 0 ? own : codes;
}

export function outcomeTitle({ verdict, state }: Outcome, count = 1): string {
  if (verdict === 'applied') return m.field_value_decided();
  if (verdict === 'conflicted') return m.field_conflict_settled();
  if (state === 'open') return count > 1 ? m.field_parked_many({ count }) : m.field_parked();
  return count > 1 ? m.field_parked_settled_many({ count }) : m.field_parked_settled();
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
