import { describe, expect, it } from 'vitest';
import type { App, Shown } from '../../store/types';
import type { Order } from '../field/orders';
import { noticesOf, readElsewhere, warningsOf } from './warnings';

const shown = (type: string, id: string, data: object) => ({ type, id, data, gone: false }) as unknown as Shown;
const order = (id: string, assignee: string) => shown('work_order', id, { assignee }) as unknown as Order;
const WARNINGS = [
  { share: 50, at: 50 },
  { share: 80, at: 80 },
  { share: 100, at: 100 },
];
const runs = { name: 'arrive', stop: 'arrived', state: 'running', start_at: 0, points: WARNINGS };

function company(deadlines: Record<string, object>, notices: object[] = []): App {
  const children = (root: string) => [shown('deadline', `d-${root}`, { ...runs, ...deadlines[root] })];
  const all = () => notices.map((notice, at) => shown('notice', `n-${at}`, notice));
  return { me: { id: 'me' }, children, all } as unknown as App;
}

describe('the warnings of an engineer', () => {
  it('are about the orders he leads, the most pressing first', () => {
    const app = company({ mine: {}, late: { points: [{ share: 100, at: 60 }] }, others: {} });
    const found = warningsOf(app, [order('mine', 'me'), order('others', 'you'), order('late', 'me')], 60);
    expect(found.map((one) => [one.order.id, one.share])).toEqual([
      ['late', 100],
      ['mine', 50],
    ]);
  });

  it('are none before half the time is used and none once it is met', () => {
    const app = company({ early: {}, met: { state: 'met', stopped_at: 10 } });
    expect(warningsOf(app, [order('early', 'me')], 49)).toEqual([]);
    expect(warningsOf(app, [order('met', 'me')], 99)).toEqual([]);
  });

  it('are read where the notice of the same share was read on another device', () => {
    const known = { kind: 'warning', to: 'me', order: 'mine', timer: 'arrive' };
    const app = company({ mine: {} }, [
      { ...known, share: 50, seen: true },
      { ...known, share: 80 },
      { ...known, share: 50, to: 'boss' },
    ]);
    const [half] = warningsOf(app, [order('mine', 'me')], 60);
    const [more] = warningsOf(app, [order('mine', 'me')], 85);
    expect([readElsewhere(app, half!), readElsewhere(app, more!)]).toEqual([true, false]);
    expect(noticesOf(app, more!).map(({ id }) => id)).toEqual(['n-0', 'n-1']);
  });
});
