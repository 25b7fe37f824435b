import { describe, expect, it } from 'vitest';

import { todos } from './todo';
import type { Visit } from './visit';

const earth = { id: 'earth', label: { 'zh-CN': '接地电阻' } };
const round = {
  order: { id: 'order', data: {} },
  machines: [{ id: 'a', data: { number: 'DG-01' } }],
  checklists: [{ id: 'list', data: { asset: 'a', items: [earth] } }],
  ...{ parts: [], signatures: [] },
} as unknown as Visit;
const gap = (guard: string) => ({ guard, kind: 'checklist', target: 'list/earth' });

describe('the finish check of a round', () => {
  it('names an open item once, with its machine, and leads there', () => {
    const rows = todos(round, [gap('round_complete'), gap('G-19')]);
    expect(rows.map(({ detail, hash }) => [detail, hash])).toEqual([
      ['DG-01 · 接地电阻', '#/order/order/checklist/list/earth'],
    ]);
  });

  it('leads from failures nobody decided about to the findings', () => {
    expect(todos(round, [gap('findings')])[0]?.hash).toBe('#/order/order/findings');
  });
});
