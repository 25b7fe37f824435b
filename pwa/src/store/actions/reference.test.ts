import { describe, expect, it } from 'vitest';
import type { Shown } from '../types';
import { changeReference, choosable, currentVersions, nextVersion } from './reference';

type Policy = { key: string; version: number; limit: number };

function policy(id: string, key: string, version: number): Shown<Policy> {
  const rest = { disputed: {}, honest: 'received' as const, pending: [], gone: false };
  return { type: 'service_policy', id, root: id, version: 1, data: { key, version, limit: 30 }, ...rest };
}

describe('reference data that orders pin', () => {
  const all = [policy('a1', 'a', 1), policy('a2', 'a', 2), policy('b1', 'b', 1)];

  it('is shown in the version in force', () => {
    expect(currentVersions(all).map((one) => one.id)).toEqual(['a2', 'b1']);
  });

  it('stays chosen in the version somebody chose, beside those in force', () => {
    expect(choosable(all, 'a1').map((one) => one.id)).toEqual(['a1', 'a2', 'b1']);
    expect(choosable(all, 'a2').map((one) => one.id)).toEqual(['a2', 'b1']);
  });

  it('is changed by a new version with a number never used before', () => {
    const [draft] = nextVersion(all[0]!, all, 'a3', { limit: 60 });
    expect(draft).toMatchObject({ do: 'create', record: 'a3', root: 'a3' });
    expect(draft?.body).toEqual({ values: { key: 'a', version: 3, limit: 60 } });
  });
});

describe('a new version', () => {
  it('leaves to the server who made it and when (R-005)', () => {
    const shown = { ...policy('a1', 'a', 1), data: { key: 'a', version: 1, made_by: 'u1', made_at: 5 } };
    expect(nextVersion(shown, [shown], 'a2', {})[0]?.body).toEqual({ values: { key: 'a', version: 2 } });
  });
});

describe('a form of reference data', () => {
  it('makes no operation when nothing was changed', () => {
    expect(changeReference(policy('a1', 'a', 1), { limit: 30 })).toEqual([]);
  });

  it('says what its author saw of what he changed, and nothing of the rest', () => {
    const [draft] = changeReference(policy('a1', 'a', 1), { limit: 45, version: 1 });
    expect(draft?.body).toEqual({ limit: { was: 30, to: 45 } });
  });
});
