import { describe, expect, it } from 'vitest';

import type { PatrolPlan } from '../../../model/records';
import { changeReference } from '../../../store/actions/reference';
import type { Shown } from '../../../store/types';
import { blankForm, planValues, readForm } from './form';

const PLAN = {
  ...{ branch: 'b', name: '月度巡检', customer: 'c', site: 's', template: 't', assets: ['m2', 'm1'] },
  ...{ recurrence: 'season', anchor: '2026-01-31', dates: [{ month: 4, day: 15 }], lead_days: 14 },
};

describe('the editor of a patrol plan', () => {
  it('changes nothing of a plan nobody touched', () => {
    const shown = { type: 'patrol_plan', id: 'p', root: 'p', data: PLAN } as unknown as Shown<PatrolPlan>;
    expect(changeReference(shown, planValues(readForm(PLAN)))).toEqual([]);
  });

  it('keeps the route in the order of its machines', () => {
    expect(planValues(readForm(PLAN)).assets).toEqual(['m2', 'm1']);
  });

  it('keeps the own checklists of machines on the route, and none of those that left it', () => {
    const own = [
      { asset: 'm2', template: 't2' },
      { asset: 'm1', template: 't1' },
    ];
    const form = readForm({ ...PLAN, templates: own });
    expect(planValues(form).templates).toEqual(own);
    expect(planValues({ ...form, assets: ['m1'] }).templates).toEqual([own[1]]);
    expect(planValues({ ...form, templates: { m1: '', m2: '' } }).templates).toBeNull();
  });

  it('lets go of settings that another recurrence has no use for', () => {
    const values = planValues({ ...readForm(PLAN), recurrence: 'weekdays', weekdays: [3, 1] });
    expect(values).toMatchObject({ dates: null, lead_days: null, weekdays: [1, 3] });
  });

  it('begins as a monthly plan from today on', () => {
    expect(planValues(blankForm('2026-11-22'))).toMatchObject({ recurrence: 'months', every: 1, anchor: '2026-11-22' });
  });
});
