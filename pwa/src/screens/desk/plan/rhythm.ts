/** How often a plan comes round, in words. */

import type { PatrolPlan, YearDay } from '../../../model/records';
import { dateOfYear, weekdayName } from '../../../i18n/format';
import { m } from '../../../paraglide/messages';

type Rhythm = Pick<PatrolPlan, 'recurrence' | 'every' | 'weekdays' | 'dates' | 'lead_days' | 'usage_hours'>;

const MONTHS: Record<number, () => string> = {
  1: m.desk_rhythm_monthly,
  3: m.desk_rhythm_quarterly,
  6: m.desk_rhythm_half_yearly,
  12: m.desk_rhythm_yearly,
};

const WORDS: Record<string, (plan: Rhythm, every: number) => string> = {
  daily: (_, every) => (every === 1 ? m.desk_rhythm_daily() : m.desk_rhythm_days({ count: every })),
  weekdays: (plan, every) => {
    const days = listed((plan.weekdays ?? []).map(weekdayName));
    return every === 1 ? m.desk_rhythm_weekly({ days }) : m.desk_rhythm_weeks({ count: every, days });
  },
  months: (_, every) => MONTHS[every]?.() ?? m.desk_rhythm_months({ count: every }),
  chosen: (plan) => m.desk_rhythm_chosen({ days: dates(plan.dates) }),
  season: (plan) => m.desk_rhythm_season({ days: dates(plan.dates), lead: plan.lead_days ?? 0 }),
  holiday: (plan) => m.desk_rhythm_holiday({ lead: plan.lead_days ?? 0 }),
  event: () => m.desk_rhythm_event(),
};

export function rhythm(plan: Rhythm): string {
  const words = WORDS[plan.recurrence]?.(plan, plan.every ?? 1) ?? '';
  if (!plan.usage_hours) return words;
  return listed([words, m.desk_rhythm_usage({ hours: plan.usage_hours })]);
}

function dates(days: YearDay[] | null | undefined): string {
  return listed((days ?? []).map(({ month, day }) => dateOfYear(month, day)));
}

function listed(words: string[]): string {
  return words.join(m.desk_list_separator());
}
