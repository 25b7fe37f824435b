/** The places of the desk and who has use for them. */

import type { Me } from '../../store/types';

export type Place =
  | 'reports'
  | 'conflicts'
  | 'parked'
  | 'orders'
  | 'complaints'
  | 'callbacks'
  | 'plans'
  | 'notices'
  | 'users'
  | 'devices'
  | 'tokens'
  | 'policies'
  | 'prices'
  | 'parts'
  | 'templates'
  | 'calendars'
  | 'jobs'
  | 'erasures';

const PLACES: Record<Place, string[]> = {
  reports: ['supervisor'],
  orders: ['dispatcher', 'supervisor'],
  complaints: ['dispatcher', 'supervisor'],
  callbacks: ['dispatcher', 'supervisor'],
  plans: ['dispatcher', 'supervisor'],
  notices: ['dispatcher', 'supervisor'],
  users: ['admin'],
  devices: ['admin'],
  tokens: ['admin'],
  policies: ['admin'],
  prices: ['admin'],
  parts: ['admin'],
  templates: ['admin'],
  calendars: ['admin'],
  jobs: ['admin'],
  erasures: ['admin'],
  conflicts: ['supervisor', 'dispatcher', 'admin'],
  parked: ['supervisor', 'dispatcher'],
};

/** In the order of the day's work; empty for somebody without a desk. */
export function placesOf(me: Me): Place[] {
  return (Object.keys(PLACES) as Place[]).filter((place) => PLACES[place].some((role) => me.roles.includes(role)));
}
