/** An administrator's changes to reference data: a part is changed in place, everything that is pinned gets a new version. */

import { fieldRule } from '../../model/exported';
import { createDraft, setDraft } from '../drafts';
import type { Draft, Shown } from '../types';

type Versioned = { key: string; version: number };

/** What is as it was is not sent, so that an untouched form makes no operation and undoes nobody's change. */
export function changeReference<T extends Record<string, unknown>>(shown: Shown<T>, changes: Partial<T>): Draft[] {
  const before = shown.data as Record<string, unknown>;
  const real = Object.entries(changes).filter(
    ([field, to]) => JSON.stringify(before[field] ?? null) !== JSON.stringify(to ?? null),
  );
  return real.length > 0 ? [setDraft(shown, Object.fromEntries(real))] : [];
}

export function addReference(type: string, id: string, values: Record<string, unknown>): Draft[] {
  return [createDraft(type, id, id, values)];
}

/** Orders keep the version they were made under; `versions` are all of the type, so that a number is never used twice. */
export function nextVersion<T extends Versioned>(
  shown: Shown<T>,
  versions: Shown<T>[],
  id: string,
  changes: Partial<T>,
): Draft[] {
  const same = versions.filter((one) => one.data.key === shown.data.key);
  const version = Math.max(...same.map((one) => one.data.version)) + 1;
  return addReference(shown.type, id, { ...own(shown), ...changes, version });
}

/** What the server adds by itself is not sent. */
function own({ type, data }: Shown<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([field]) => fieldRule(type, field)?.merge !== 'derived'));
}

/** The version in force of each key, by name of the key. */
export function currentVersions<T extends Versioned>(versions: Shown<T>[]): Shown<T>[] {
  const newest = new Map<string, Shown<T>>();
  for (const one of versions) {
    const known = newest.get(one.data.key);
    if (!known || known.data.version < one.data.version) newest.set(one.data.key, one);
  }
  return [...newest.values()].sort((a, b) => a.data.key.localeCompare(b.data.key));
}

/** What a form may choose: the versions in force, and the one it has even if a newer one is in force by now. */
export function choosable<T extends Versioned>(versions: Shown<T>[], chosen: string): Shown<T>[] {
  const current = currentVersions(versions);
  const kept = versions.filter((one) => one.id === chosen && !current.includes(one));
  return [...kept, ...current];
}
