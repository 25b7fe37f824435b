import { describe, expect, it } from 'vitest';

import type { App } from '../../../store/types';
import { placesToVisit, plansToStart, targets } from './special';

const TODAY = '2026-11-22';

const RECORDS: Record<string, Record<string, object>> = {
  site: {
    s1: { name: '一号车间', customer: 'c', region_band: 'city' },
    s2: { name: '三号仓库', customer: 'c', region_band: 'remote' },
    s3: { name: '空场地', customer: 'c', region_band: 'city' },
  },
  asset: {
    m1: { number: 'SB-1', site: 's1' },
    m2: { number: 'SB-2', site: 's1', retired_on: '2026-01-01' },
    m3: { number: 'SB-3', site: 's2' },
  },
  patrol_plan: {
    monthly: { name: '月度', recurrence: 'months', assets: ['m1'] },
    event: { name: '异常后', recurrence: 'event', assets: ['m1'] },
    ended: { name: '旧', recurrence: 'event', assets: ['m1'], active: false },
    retired: { name: '退役', recurrence: 'event', assets: ['m2'] },
  },
};
const app = {
  all: (type: string) => Object.entries(RECORDS[type] ?? {}).map(([id, data]) => ({ type, id, data })),
  get: (type: string, id: string) => ({ type, id, data: RECORDS[type]?.[id] }),
} as unknown as App;

describe('one action for many machines or a region (R-161)', () => {
  it('offers every site with machines that still stand there', () => {
    const places = placesToVisit(app, '', TODAY).map(({ site, machines }) => [site.id, machines]);
    expect(places).toEqual([
      ['s1', ['m1']],
      ['s2', ['m3']],
    ]);
  });

  it('offers the sites of one region alone', () => {
    expect(placesToVisit(app, 'remote', TODAY).map(({ site }) => site.id)).toEqual(['s2']);
  });

  it('offers plans that run, those made for events first', () => {
    expect(plansToStart(app, TODAY).map(({ id }) => id)).toEqual(['event', 'monthly']);
  });

  it('names each place once, a site with its machines and the checklist for each', () => {
    const chosen = targets(['event'], ['s2'], placesToVisit(app, '', TODAY), 't');
    expect(chosen).toEqual([{ plan: 'event' }, { site: 's2', template: 't', assets: ['m3'] }]);
  });
});
