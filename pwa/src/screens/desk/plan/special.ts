/** Special patrols: what calls for them, and the places they can be made at. */

import { m } from '../../../paraglide/messages';
import type { Asset, PatrolPlan, Site } from '../../../model/records';
import type { App, Shown } from '../../../store/types';
import type { Target } from '../../../transport/rounds';
import { isRetired } from './plans';

interface Cause {
  words: () => string;
  /** key of the checklist that fits best */
  template: string;
  urgent: boolean;
}

const SPECIAL = 'pt-22-special';

export const CAUSES: Record<string, Cause> = {
  season: { words: m.desk_cause_season, template: 'pt-21-before-thunder-season', urgent: false },
  weather: { words: m.desk_cause_weather, template: SPECIAL, urgent: true },
  damage: { words: m.desk_cause_damage, template: SPECIAL, urgent: true },
  anomaly: { words: m.desk_cause_anomaly, template: SPECIAL, urgent: true },
  holiday: { words: m.desk_cause_holiday, template: SPECIAL, urgent: false },
  notice: { words: m.desk_cause_notice, template: SPECIAL, urgent: false },
};

/** A site with the machines that still stand there. */
export interface Place {
  site: Shown<Site>;
  machines: string[];
}

/** Sites that have something to visit, in the regions asked for. */
export function placesToVisit(app: App, region: string, today: string): Place[] {
  const machines = new Map<string, string[]>();
  for (const { id, data } of app.all<Asset>('asset')) {
    if (!data.site || isRetired(data, today)) continue;
    machines.set(data.site, [...(machines.get(data.site) ?? []), id]);
  }
  return app
    .all<Site>('site')
    .filter(({ id, data }) => machines.has(id) && (region === '' || data.region_band === region))
    .map((site) => ({ site, machines: machines.get(site.id)! }));
}

/** Plans that nobody ended and that have a machine left to visit: those made for events first. */
export function plansToStart(app: App, today: string): Shown<PatrolPlan>[] {
  const stands = (asset: string) => !isRetired(app.get<Asset>('asset', asset)?.data, today);
  const isEvent = (plan: Shown<PatrolPlan>) => plan.data.recurrence === 'event';
  return app
    .all<PatrolPlan>('patrol_plan')
    .filter(({ data }) => data.active !== false && data.assets.some(stands))
    .sort((a, b) => Number(isEvent(b)) - Number(isEvent(a)) || a.data.name.localeCompare(b.data.name));
}

export function targets(plans: string[], sites: string[], places: Place[], template: string): Target[] {
  const chosen = places.filter((place) => sites.includes(place.site.id));
  return [
    ...plans.map((plan) => ({ plan })),
    ...chosen.map(({ site, machines }) => ({ site: site.id, template, assets: machines })),
  ];
}
