import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../outbox/operation';
import { because, bundles, families, hasStep, members, type Entry, type Parked } from './parked';

const entry = (id: string, n: number, values: Partial<Parked> = {}, what: Operation['do'] = 'set'): Entry =>
  ({
    id,
    data: {
      operation: { id, n, do: what, root: 'order' } as Operation,
      code: 'forbidden_field',
      by: 'one',
      received_at: `2026-11-22T08:00:0${n}.000Z`,
      state: 'open',
      ...values,
    },
  }) as unknown as Entry;
const ids = (all: Entry[]) => families(all).map(({ head, others }) => [head, ...others].map((one) => one.id));

describe('what is settled together', () => {
  it('is a group with all that builds on it, in the order it was made', () => {
    const all = [
      entry('built', 3, { builds_on: 'made' }),
      entry('made', 1, { dependants: ['built'], mates: ['mate'] }),
      entry('mate', 2, { mates: ['made'] }),
      entry('alone', 4),
    ];
    expect(ids(all)).toEqual([['made', 'mate', 'built'], ['alone']]);
  });

  it('leaves out what was settled before', () => {
    expect(bundles([entry('a', 1, { dependants: ['b'], state: 'dismissed' }), entry('b', 2)], true)).toHaveLength(1);
  });

  it('shows a decision that failed on its matter, and by itself where the matter is not here', () => {
    const failed = entry('tried', 5, {}, 'unpark');
    expect(ids([entry('a', 1, { attempts: ['tried'] }), failed])).toEqual([['a']]);
    expect(ids([failed])).toEqual([['tried']]);
  });

  it.each([{}, { n: null }, { n: 'one' }])('is found whatever was parked: %j', (parts) => {
    const odd = { ...entry('odd', 1), data: { ...entry('odd', 1).data, operation: parts as unknown as Operation } };
    expect(ids([odd])).toEqual([['odd']]);
  });
});

describe('work that came too late', () => {
  const late = (id: string, n: number, values: Partial<Parked> = {}, what: Operation['do'] = 'set') =>
    entry(id, n, { code: 'order_cancelled', ...values }, what);

  it('is one matter for each author, order and reason', () => {
    const all = [late('a', 1), late('b', 2), late('c', 3, { by: 'two' }), late('d', 4, { code: 'order_closed' })];
    const found = bundles([...all, entry('e', 5)], true);
    expect(found.map((one) => [one.late, members(one).length])).toEqual([
      ['order_cancelled', 2],
      ['order_cancelled', 1],
      ['order_closed', 1],
      [null, 1],
    ]);
  });

  it('is named after the member that failed, not after its mates', () => {
    const group = [entry('a', 1, { code: 'group_mate', mates: ['b'] }), late('b', 2, { mates: ['a'] }, 'transition')];
    const [found] = bundles(group, true);
    expect(found?.late).toBe('order_cancelled');
    expect(found?.families.map(hasStep)).toEqual([true]);
  });
});

describe('why something waits', () => {
  it('is told with the field and the rule of the planning that it breaks', () => {
    const told = because({ detail: { field: 'tolerance', reason: 'longer_than_the_period' } });
    expect(told).toBe('执行窗口 · 执行窗口比周期还长');
  });

  it('leaves out what only programs understand', () => {
    expect(because({ detail: { field: 'title', reason: 'not_text' } })).not.toContain('not_text');
  });
});
