/** Why a deadline is when it is, line by line: start, rule with its source, calendar, pauses, result. */

import { duration, moment } from '../../i18n/format';
import { label, words } from '../../i18n/labels';
import type { Family, Member } from '../../model/family';
import { happened, type Reading } from '../../model/promises';
import type { KeptDeadline, Pause, WorkCalendar } from '../../model/records';
import { m } from '../../paraglide/messages';
import type { App } from '../../store/types';

export interface Reason {
  name: string;
  words: string;
}

const MINUTE = 60_000;

export function reasons(app: App, reading: Reading, family: Family): Reason[] {
  const { data } = reading;
  return [
    { name: m.due_start(), words: `${label('clock_start', data.start)} · ${moment(data.start_at)}` },
    { name: m.due_rule(), words: ruleWords(data) },
    { name: m.due_source(), words: data.source === 'proposed' ? m.due_proposed() : data.source },
    { name: m.due_calendar(), words: calendarWords(app, data) },
    { name: m.due_pauses(), words: pauseWords(reading, family) },
    { name: m.due_due(), words: dueWords(reading) },
    { name: m.due_result(), words: resultWords(reading) },
  ];
}

function ruleWords({ stop, limit, limit_unit: unit }: KeptDeadline): string {
  const what = label('clock_stop', stop);
  if (limit === 0) return m.due_by_start({ what });
  return m.due_within({
    what,
    limit: unit === 'min' ? duration(limit * MINUTE) : `${limit} ${label('limit_unit', unit)}`,
  });
}

function calendarWords(app: App, { calendar: key, limit_unit: unit }: KeptDeadline): string {
  if (key === '24x7') return unit === 'wd' ? label('limit_unit', unit) : m.due_round_the_clock();
  const known = app.all<WorkCalendar>('work_calendar').find((one) => one.data.key === key);
  return known ? words(known.data.name) : m.due_working_time();
}

function pauseWords({ data, pauses }: Reading, family: Family): string {
  if (!data.pausable) return m.due_never_pauses();
  const lines = pauses.map((pause) => {
    const until = pause.until ? moment(pause.until) : m.due_until_now();
    return [`${moment(pause.from)} – ${until}`, pauseReason(family, pause)].filter(Boolean).join(' · ');
  });
  return lines.join(m.desk_list_separator()) || m.common_none();
}

/** The reason stands on the hold that began the pause. */
function pauseReason(family: Family, pause: Pause): string {
  const holds = family.records.filter((one) => one.type === 'visit_event' && one.data.kind === 'hold');
  const began = holds
    .filter((one) => happened(one) <= pause.from)
    .sort(byMoment)
    .at(-1);
  return label('hold_reason', began?.data.reason as string | null | undefined);
}

function byMoment(one: Member, other: Member): number {
  return happened(one) - happened(other);
}

function dueWords({ data, due_at, state }: Reading): string {
  if (due_at !== null) return moment(due_at);
  if (state === 'no_calendar') return m.due_year_missing({ year: data.missing_year ?? '' });
  return state === 'paused' ? m.due_held() : m.due_after_sync();
}

function resultWords({ state, stopped_at }: Reading): string {
  return [judgedWords(state), stopped_at ? moment(stopped_at) : ''].filter(Boolean).join(' · ');
}

export function judgedWords(state: string): string {
  return state === 'done' ? m.due_done_here() : label('deadline_state', state);
}
