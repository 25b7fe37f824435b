/** The editor's fields, and the plan they describe. */

import type { PatrolPlan, YearDay } from '../../../model/records';

export interface PlanForm {
  name: string;
  customer: string;
  site: string;
  contact: string;
  template: string;
  assignee: string;
  policy: string;
  calendar: string;
  assets: string[];
  /** machine -> its own checklist; blank where it has that of the plan */
  templates: Record<string, string>;
  recurrence: string;
  anchor: string;
  every: number | null;
  weekdays: number[];
  dates: YearDay[];
  lead_days: number | null;
  shift: string;
  until: string;
  tolerance_before: number | null;
  tolerance_after: number | null;
  usage_hours: number | null;
  usage_base: number | null;
  family: string;
  rank: number | null;
}

/** Which settings a recurrence has; what it has not is left out when it is saved. */
const SETTINGS: Record<string, readonly (keyof PlanForm)[]> = {
  daily: ['every'],
  weekdays: ['every', 'weekdays'],
  months: ['every'],
  chosen: ['dates'],
  season: ['dates', 'lead_days'],
  holiday: ['lead_days'],
  event: [],
};
const OPTIONAL = new Set<keyof PlanForm>(['every', 'weekdays', 'dates', 'lead_days']);

export function uses(form: PlanForm, setting: keyof PlanForm): boolean {
  return SETTINGS[form.recurrence]?.includes(setting) ?? false;
}

/** A new plan begins as a monthly one, from today on. */
export function blankForm(today: string): PlanForm {
  return { ...readForm({ recurrence: 'months', anchor: today, every: 1, tolerance_after: 7 } as PatrolPlan) };
}

export function readForm(plan: PatrolPlan): PlanForm {
  const text = (name: keyof PatrolPlan) => (plan[name] as string | null | undefined) ?? '';
  const number = (name: keyof PatrolPlan) => (plan[name] as number | null | undefined) ?? null;
  return {
    ...{ name: text('name'), customer: text('customer'), site: text('site'), contact: text('contact') },
    ...{ template: text('template'), assignee: text('assignee'), policy: text('policy'), calendar: text('calendar') },
    ...{ recurrence: text('recurrence'), anchor: text('anchor'), shift: text('shift'), until: text('until') },
    ...{ every: number('every'), lead_days: number('lead_days'), family: text('family'), rank: number('rank') },
    ...{ tolerance_before: number('tolerance_before'), tolerance_after: number('tolerance_after') },
    ...{ usage_hours: number('usage_hours'), usage_base: number('usage_base') },
    templates: Object.fromEntries((plan.templates ?? []).map(({ asset, template }) => [asset, template])),
    ...{ assets: [...(plan.assets ?? [])], weekdays: [...(plan.weekdays ?? [])], dates: [...(plan.dates ?? [])] },
  };
}

/** The fields as the plan keeps them: what is blank or of another recurrence is null. */
export function planValues(form: PlanForm): Omit<PatrolPlan, 'branch'> {
  const kept = Object.entries(form).map(([name, value]) => [name, keeps(form, name as keyof PlanForm, value)]);
  return Object.fromEntries(kept) as Omit<PatrolPlan, 'branch'>;
}

function keeps(form: PlanForm, name: keyof PlanForm, value: PlanForm[keyof PlanForm]): unknown {
  if (OPTIONAL.has(name) && !uses(form, name)) return null;
  if (name === 'templates') return ownTemplates(form);
  if (Array.isArray(value)) return sorted(name, value);
  return typeof value === 'string' ? value.trim() || null : value;
}

/** In the order of the route; a machine that left it takes its checklist with it. */
function ownTemplates({ assets, templates }: PlanForm): PatrolPlan['templates'] {
  const own = assets.flatMap((asset) => (templates[asset] ? { asset, template: templates[asset] } : []));
  return own.length > 0 ? own : null;
}

/** A route keeps its order; a set has none, and dates come in the order of the year. */
function sorted(name: keyof PlanForm, value: unknown[]): unknown {
  if (name === 'assets') return value;
  if (value.length === 0) return null;
  if (name === 'weekdays') return [...value].sort();
  return [...(value as YearDay[])].sort((a, b) => a.month - b.month || a.day - b.day);
}
