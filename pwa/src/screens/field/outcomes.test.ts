import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../model/records';
import { m } from '../../paraglide/messages';
import type { Shown } from '../../store/types';
import { alike, outcomeTitle, outcomeWords, reasons, toldOn } from './outcomes';

const outcome = (values: Partial<Outcome>, what = 'set'): Outcome => ({
  operation: { id: 'a', type: 'photo', record: 'p', root: 'o', do: what },
  verdict: 'parked',
  state: 'open',
  ...values,
});

const shown = (id: string, values: Partial<Outcome>): Shown<Outcome> =>
  ({ id, data: outcome(values) }) as unknown as Shown<Outcome>;

describe('what is told about an order', () => {
  it('is everything that waits or was decided there, but a clash that has a card of its own', () => {
    const there = shown('other', {});
    there.data.operation = { ...there.data.operation, root: 'elsewhere' };
    const all = [shown('a', {}), shown('b', { verdict: 'conflicted' }), shown('c', { state: 'applied' }), there];
    expect(toldOn(all, 'o').map((one) => one.id)).toEqual(['a', 'c']);
  });
});

describe('changes with one fate', () => {
  const ids = (all: Shown<Outcome>[]) => alike(all).map((group) => group.map((one) => one.id));

  it('are told once: those that wait, and those decided in the same words', () => {
    const settled = { state: 'dismissed', decision: '重复', decided_by: 'boss' } as const;
    const all = [shown('a', { code: 'order_cancelled' }), shown('b', { code: 'depends_on' }), shown('c', settled)];
    expect(ids([...all, shown('d', settled), shown('e', { ...settled, decision: '已补录' })])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
  });

  it('are told one by one where each has a value of its own', () => {
    const edited = { state: 'applied', decision: '数量有误', edited: {} } as const;
    const decided = { verdict: 'conflicted', state: 'resolved', decision: 'mine' } as const;
    expect(ids([shown('a', edited), shown('b', edited), shown('c', decided), shown('d', decided)])).toHaveLength(4);
  });

  it('give the reason, not that one waits for the other', () => {
    const all = [shown('a', { code: 'order_cancelled' }), shown('b', { code: 'depends_on' })];
    expect(reasons(all)).toEqual(['order_cancelled']);
    expect(reasons(all.slice(1))).toEqual(['depends_on']);
  });
});

describe('the author of a change', () => {
  it('is told at once that nothing of it is lost', () => {
    expect(outcomeTitle(outcome({}))).toBe(m.field_parked());
    expect(outcomeWords(outcome({}), false)).toEqual([m.field_kept_whole()]);
  });

  it('is told whether it was applied, applied in other words, or dismissed, and why', () => {
    const words = (values: Partial<Outcome>) => outcomeWords(outcome(values), false).filter(Boolean);
    expect(words({ state: 'applied', decision: 'applied' })).toHaveLength(1);
    expect(words({ state: 'applied', decision: '数量有误', edited: {} })).toEqual([m.desk_edited(), '数量有误']);
    expect(words({ state: 'dismissed', decision: '重复' })[1]).toBe('重复');
  });

  it.each([
    ['set', 'mine', false, m.field_mine_taken()],
    ['set', 'other', false, m.field_other_taken()],
    ['set', 'other', true, m.field_stays_removed()],
    ['hide', 'mine', true, m.field_stays_removed()],
    ['hide', 'other', false, m.field_came_back()],
  ])('%s, %s: is told which value stands, or whether the item is there', (what, decision, gone, words) => {
    const settled = outcome({ verdict: 'conflicted', state: 'resolved', decision }, what);
    expect(outcomeWords(settled, gone)).toEqual([words]);
    expect(outcomeTitle(settled)).toBe(m.field_conflict_settled());
  });

  it('is told too when his value was taken at first and met another one later', () => {
    expect(outcomeTitle(outcome({ verdict: 'applied', state: 'resolved', decision: 'other' }))).toBe(
      m.field_value_decided(),
    );
  });
});
