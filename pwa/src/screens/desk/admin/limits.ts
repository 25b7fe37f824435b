/** The limits of a service policy in words. */

import { duration } from '../../../i18n/format';
import { label } from '../../../i18n/labels';
import type { Timer } from '../../../model/records';
import { m } from '../../../paraglide/messages';

const MINUTE = 60_000;

const CONDITIONS: [keyof Timer, string][] = [
  ['priority', 'priority'],
  ['severity', 'severity'],
  ['band', 'region_band'],
  ['case', 'case_class'],
];

/** Which orders a timer is for. */
export function conditionWords(timer: Timer): string {
  const named = CONDITIONS.map(([field, enumeration]) => label(enumeration, timer[field] as string | null | undefined));
  return named.filter(Boolean).join(' · ') || m.desk_every_order();
}

export function limitWords(limit: number | null | undefined, unit: string): string {
  if (limit === null || limit === undefined) return '';
  return unit === 'min' ? duration(limit * MINUTE) : `${limit} ${label('limit_unit', unit)}`;
}
