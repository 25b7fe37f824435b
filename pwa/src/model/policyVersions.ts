/** Which version of a service policy holds when, and what keeps one from being promised. */
import { COMPANY_ZONE, isDay, localDay } from './days';
import type { Refusal, ServicePolicy } from './records';

interface Version {
  id: string;
  data: Pick<ServicePolicy, 'key' | 'version' | 'valid_from' | 'made_at'>;
}

export type Standing = 'holds' | 'comes' | 'replaced';

/** From the midnight of its day on, in the company's zone; without a day from when it was made. */
function begun({ data }: Version, moment: number): boolean {
  return data.valid_from ? data.valid_from <= localDay(moment, COMPANY_ZONE) : (data.made_at ?? 0) <= moment;
}

/** The newest version of one policy that holds at a moment; before any does, the first. */
export function holding<T extends Version>(versions: T[], moment: number): T | undefined {
  const found = byVersion(versions);
  return found.filter((one) => begun(one, moment)).at(-1) ?? found[0];
}

/** The version of each policy that holds at a moment, by key. */
export function inForce<T extends Version>(versions: T[], moment: number): T[] {
  const keys = [...new Set(versions.map((one) => one.data.key))].sort((one, other) => one.localeCompare(other));
  return keys.map((key) => holding(versionsOf(versions, key), moment)!);
}

export function versionsOf<T extends Version>(versions: T[], key: string): T[] {
  return byVersion(versions.filter((one) => one.data.key === key));
}

/** The first number that a policy leaves open, as a path: such a policy may be written down, but not promised. */
export function blank({ timers, settings }: Pick<ServicePolicy, 'timers' | 'settings'>): string | null {
  const limit = timers.findIndex((one) => (one.limit ?? null) === null);
  return limit >= 0 ? `timers/${limit}/limit` : open('settings', settings ?? {});
}

function open(path: string, value: unknown): string | null {
  if (value === null) return path;
  if (typeof value !== 'object') return null;
  const found = Object.entries(value).map(([key, one]) => open(`${path}/${key}`, one));
  return found.find((one) => one !== null) ?? null;
}

/** Whether a version of a policy holds, will hold, or never does again. */
export function standing(one: Version, versions: Version[], moment: number): Standing {
  const newer = versions.filter((other) => other.data.version > one.data.version);
  if (!begun(one, moment)) {
    const day = one.data.valid_from ?? '';
    const overtaken = newer.some((other) => begun(other, moment) || (other.data.valid_from ?? '') <= day);
    return overtaken ? 'replaced' : 'comes';
  }
  return newer.some((other) => begun(other, moment)) ? 'replaced' : 'holds';
}

/** The first day a next version may hold from: not before the newest one does. */
export function earliestDay(versions: Version[]): string {
  const newest = byVersion(versions).at(-1)?.data;
  return newest?.valid_from ?? localDay(newest?.made_at ?? 0, COMPANY_ZONE);
}

/** Why a next version may not hold from a day. */
export function dayRefusal(versions: Version[], day: string): Refusal | null {
  if (!isDay(day)) return { field: 'valid_from', reason: 'no_such_day' };
  return day < earliestDay(versions) ? { field: 'valid_from', reason: 'before_the_newest_version' } : null;
}

function byVersion<T extends Version>(versions: T[]): T[] {
  return [...versions].sort((one, other) => one.data.version - other.data.version || (one.id < other.id ? -1 : 1));
}
