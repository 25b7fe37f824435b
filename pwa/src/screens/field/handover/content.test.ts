import { describe, expect, it } from 'vitest';

import type { Visit } from '../visit';
import { contentOf } from './content';

const asset = (id: string, number: string) => ({ id, data: { number } });
const earth = { id: 'earth', kind: 'number', label: { 'zh-CN': '接地电阻' }, required: true, unit: 'Ω', maximum: '4' };
const list = (machine: string, data: object) => ({
  id: `list ${machine}`,
  data: { asset: machine, name: '接地检测', items: [earth], ...data },
});
const failed = { result: 'fail', value: '6.2', note: '锈蚀', reason: null };
const finding = {
  id: 'f1',
  data: { checklist: 'list a', item: 'earth', severity: 'major', action: 'work_order', description: '接地极锈蚀' },
};

const round = {
  order: { id: 'order', data: { type: 'patrol', title: '接地年检', work_done: '两台完成', assets: ['a', 'b'] } },
  machines: [asset('a', 'DG-01'), asset('b', 'DG-02')],
  checklists: [list('b', { skipped_because: '停电' }), list('a', { 'answers/earth': failed })],
  findings: [finding],
  ...{ photos: [], parts: [], reports: [], quotations: [], consents: [], signatures: [] },
} as unknown as Visit;

describe("what the customer's engineer signs (R-163)", () => {
  const content = contentOf(round, 'acceptance');

  it('holds every machine with its values, in the order of the route', () => {
    expect(content.machine).toBe('DG-01, DG-02');
    expect(content.checklists.map(({ name }) => name)).toEqual(['DG-01 · 接地检测']);
    expect(content.checklists[0]?.items[0]).toMatchObject({ value: '6.2 Ω', result: 'fail', note: '锈蚀' });
  });

  it('holds what was skipped and why, and what becomes of what was found', () => {
    expect(content.skipped).toEqual([{ machine: 'DG-02', reason: '停电' }]);
    expect(content.findings).toMatchObject([{ machine: 'DG-01', label: '接地电阻', words: '接地极锈蚀' }]);
  });

  it('asks about nothing of a repair', () => {
    expect([content.fault, content.diagnosis, content.payer, content.offer]).toEqual(['', '', '', null]);
  });
});
