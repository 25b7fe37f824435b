/** The work calendar that a record goes by, and the time zone of its days: chosen as the server does. */

import { COMPANY_ZONE, knownZone } from '../../../model/days';
import type { Site, WorkCalendar } from '../../../model/records';
import type { App } from '../../../store/types';

interface Placed {
  site?: string | null;
  calendar?: string | null;
}

/** Where holidays are unknown no day can be moved. */
const NO_DAYS: WorkCalendar = {
  key: 'none',
  name: {},
  timezone: COMPANY_ZONE,
  weekdays: [0, 1, 2, 3, 4],
  hours: [{ opens: 540, closes: 1080 }],
};

/** The one it names, else the first. */
export function calendarOf(app: App, { calendar }: Placed): WorkCalendar {
  const all = [...app.all<WorkCalendar>('work_calendar')].sort((a, b) => (a.id < b.id ? -1 : 1));
  return (all.find((one) => one.id === calendar) ?? all[0])?.data ?? NO_DAYS;
}

/** The zone of its site, else the calendar's. */
export function zoneOf(app: App, placed: Placed): string {
  const site = placed.site ? app.get<Site>('site', placed.site) : undefined;
  return knownZone(site?.data.timezone ?? calendarOf(app, placed).timezone);
}
