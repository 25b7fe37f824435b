/** The limits of a service policy in words. */

import { duration } from '../../../i18n/format';
import { label } from '../../../i18n/labels';
import { blank } from '../../../model/policyVersions';
import type { Conditions, ServicePolicy, Timer } from '../../../model/records';
import { m } from '../../../paraglide/messages';

const MINUTE = 60_000;

const CONDITIONS: [keyof Conditions, string][] = [
  ['priority', 'priority'],
  ['severity', 'severity'],
  ['grade', 'service_grade'],
  ['band', 'region_band'],
  ['case', 'case_class'],
];

/** Which orders a timer is for. */
export function conditionWords(timer: Timer): string {
  const left = named(timer.exclude ?? {}).join(m.desk_list_separator());
  const found = left ? [...named(timer), m.desk_except_for({ what: left })] : named(timer);
  return found.join(' · ') || m.desk_every_order();
}

function named(conditions: Conditions): string[] {
  return CONDITIONS.map(([field, enumeration]) => label(enumeration, conditions[field])).filter(Boolean);
}

/** What keeps a policy from being used: a limit by its name, a setting by its path. */
export function blankWords(policy: ServicePolicy): string {
  const path = blank(policy);
  const [part, at] = path?.split('/') ?? [];
  const timer = part === 'timers' ? policy.timers[Number(at)] : undefined;
  if (!path) return '';
  return m.desk_policy_open({ at: timer ? `${label('timer', timer.name)} · ${conditionWords(timer)}` : path });
}

export function limitWords(limit: number | null | undefined, unit: string): string {
  if (limit === null || limit === undefined) return '';
  return unit === 'min' ? duration(limit * MINUTE) : `${limit} ${label('limit_unit', unit)}`;
}
