import { describe, expect, it } from 'vitest';

import type { Answer, AssetFinding, Checklist, ChecklistItem, Finding, WorkOrder } from '../../../model/records';
import type { Shown } from '../../../store/types';
import { EMPTY } from '../checklist/answers';
import type { Visit } from '../visit';
import { earlier } from './earlier';
import { failuresOf, following, stopsOf } from './stops';

const shown = <T>(type: string, id: string, data: unknown, root = 'round') =>
  ({ type, id, root, data, gone: false, honest: 'received', disputed: {} }) as unknown as Shown<T & object>;
const earth = { id: 'earth', kind: 'number', required: true, critical: true, instrument: '接地电阻测试仪' };
const wiring = { id: 'wiring', kind: 'check', required: true };
const passed: Answer = { ...EMPTY, value: '2.0', result: 'pass', instrument: 'JD-01' };
const failed: Answer = { ...passed, value: '6.2', result: 'fail', note: '锈蚀' };

function list(machine: string, data: Record<string, unknown> = {}): Shown<Checklist> {
  const items = [earth, wiring] as unknown as ChecklistItem[];
  return shown('checklist', `list ${machine}`, { name: '接地', items, asset: machine, ...data });
}

function round(checklists: Shown<Checklist>[], findings: Shown<Finding>[] = []) {
  const machines = ['a', 'b', 'c'].map((id) => shown('asset', id, { number: id.toUpperCase() }));
  const order = shown<WorkOrder>('work_order', 'round', { type: 'patrol', assets: ['a', 'b', 'c'] });
  return { order, machines, checklists, photos: [], findings } as unknown as Visit;
}

const finding = (data: Partial<Finding>, id = 'f1', root = 'round') =>
  shown<Finding>('finding', id, { checklist: 'list a', item: 'earth', asset: 'a', action: 'advise', ...data }, root);

describe('the machines of a round', () => {
  it('stand in the order of the route, each with how far it is', () => {
    const stops = stopsOf(round([list('b'), list('a', { 'answers/earth': passed })]));
    expect(stops.map(({ machine, done, total, complete }) => [machine, done, total, complete])).toEqual([
      ['A', 1, 2, false],
      ['B', 0, 2, false],
    ]);
  });

  it('owe the number of the instrument a value was measured with (R-157)', () => {
    const bare = { ...passed, instrument: null };
    expect(stopsOf(round([list('a', { 'answers/earth': bare })]))[0]?.done).toBe(0);
  });

  it('are done with when they were skipped, and the next one is offered', () => {
    const visit = round([list('a'), list('b', { skipped_because: '停电' }), list('c')]);
    expect(stopsOf(visit).map(({ complete }) => complete)).toEqual([false, true, false]);
    expect(following(visit, 'list a')?.machine).toBe('C');
    expect(following(visit, 'list c')?.machine).toBe('A');
  });
});

describe('what failed on a round', () => {
  it('is shown with what becomes of it, once somebody said so (R-159)', () => {
    const lists = [list('a', { 'answers/earth': failed }), list('b', { 'answers/earth': failed })];
    const found = failuresOf(round(lists, [finding({})]));
    expect(found.map(({ machine, finding }) => [machine, finding?.id])).toEqual([
      ['A', 'f1'],
      ['B', undefined],
    ]);
  });

  it('stays known when it was fixed on the spot and measured again', () => {
    const again = round([list('a', { 'answers/earth': passed })], [finding({ action: 'fixed' })]);
    expect(failuresOf(again).map(({ finding }) => finding?.data.action)).toEqual(['fixed']);
  });

  it('asks nothing of a machine that was skipped after all', () => {
    expect(failuresOf(round([list('a', { 'answers/earth': failed, skipped_because: '停电' })]))).toEqual([]);
  });
});

describe('the next round of the same machines (R-160)', () => {
  const here = { id: 'round' };
  const order = (state: string) =>
    shown<WorkOrder>('work_order', 'o', { opened_from: 'f1', number: 'YH-1', state }, 'o');
  const kept = (data: Partial<AssetFinding>, id = 'f1', machine = 'a') =>
    shown<AssetFinding>(
      'asset_finding',
      `kept ${id}`,
      { finding: id, found_at: 2, action: 'advise', ...data },
      machine,
    );

  it('shows what its machines carry of rounds this device never had, the oldest first', () => {
    const carried = [kept({}), kept({ found_at: 1 }, 'f2'), kept({}, 'f3', 'd')];
    expect(earlier(here, ['a'], carried, [], []).map(({ id }) => id)).toEqual(['f2', 'f1']);
  });

  it('leaves out what was fixed, repaired or inspected again, and what this round found', () => {
    const settled = [kept({ action: 'fixed' }), kept({ order_end: 'repaired' }, 'f2'), kept({ inspected_at: 3 }, 'f3')];
    expect(earlier(here, ['a'], [...settled, kept({}, 'f4')], [finding({}, 'f4')], [])).toEqual([]);
  });

  it('says that the order of a finding ended without a repair', () => {
    const [one] = earlier(here, ['a'], [kept({ order_number: 'YH-1', order_end: 'unrepaired' })], [], []);
    expect(one).toMatchObject({ order: 'YH-1', unrepaired: true });
  });

  it('knows a finding of an earlier round of this device before the server does, once', () => {
    const old = [finding({}, 'f1', 'before'), finding({ action: 'fixed' }, 'f2', 'before'), finding({}, 'f3')];
    const seen = (state: string) => earlier(here, ['a'], [], old, [order(state)]).map(({ id, order }) => [id, order]);
    expect(seen('triaged')).toEqual([['f1', 'YH-1']]);
    expect(seen('archived')).toEqual([]);
    expect(earlier(here, ['a'], [kept({})], old, [])).toHaveLength(1);
  });
});
