import { describe, expect, it } from 'vitest';

import type { Checklist, Finding, WorkOrder } from '../../model/records';
import type { Shown } from '../types';
import { beginRound, changeFinding, inspectAfterAll, missRound, recordFinding, skipMachine } from './round';

const shown = <T>(type: string, data: unknown) =>
  ({ type, id: `${type}-id`, root: 'order', data, disputed: {}, gone: false }) as unknown as Shown<T & object>;
const order = shown<WorkOrder>('work_order', { type: 'patrol', state: 'dispatched' });
const finding: Finding = {
  checklist: 'list',
  item: 'earth',
  severity: 'major',
  description: '接地极锈蚀',
  action: 'advise',
  advice: 'replacement',
};

describe('a round', () => {
  it('begins with one touch, and the visit remembers when', () => {
    const [move, visit] = beginRound(order, 'visit');
    expect(move?.body).toEqual({ name: 'inspect', from: 'dispatched' });
    expect(visit?.body).toMatchObject({ values: { kind: 'start' } });
  });

  it('that cannot be done says why before it is missed (R-164)', () => {
    const drafts = missRound(order, ' 厂区停电 ');
    expect(drafts.map(({ body }) => body)).toEqual([
      { missed_because: { was: null, to: '厂区停电' } },
      { name: 'miss', from: 'dispatched' },
    ]);
  });

  it('leaves a machine out with its reason, and takes it in again', () => {
    const bodies = (reason: string | null) => {
      const list = shown<Checklist>('checklist', { skipped_because: reason });
      return (reason ? inspectAfterAll(list) : skipMachine(list, '停电')).map(({ body }) => body);
    };
    expect(bodies(null)).toEqual([{ skipped_because: { was: null, to: '停电' } }]);
    expect(bodies('停电')).toEqual([{ skipped_because: { was: '停电', to: null } }]);
  });
});

describe('a finding (R-159, R-160)', () => {
  it('is recorded whole', () => {
    expect(recordFinding('order', 'found', finding)[0]).toMatchObject({ do: 'create', body: { values: finding } });
  });

  it('changes only where its author decided anew', () => {
    const known = shown<Finding>('finding', finding);
    expect(changeFinding(known, { ...finding, asset: null })).toEqual([]);
    expect(changeFinding(known, { ...finding, action: 'fixed', advice: null })[0]?.body).toEqual({
      action: { was: 'advise', to: 'fixed' },
      advice: { was: 'replacement', to: null },
    });
  });
});
