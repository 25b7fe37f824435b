import { describe, expect, it } from 'vitest';

import { noticesTo, readDrafts, unread, type Told } from './notices';

function told(id: string, at: number, changes: Partial<Told['data']> = {}): Told {
  const rest = { version: 1, disputed: {}, honest: 'received' as const, pending: [], gone: false };
  return { type: 'notice', id, root: id, data: { to: 'me', kind: 'escalation', at, ...changes }, ...rest };
}

describe('the notices of whoever is next on the ladder (R-058)', () => {
  const all = [told('a', 1), told('b', 3, { seen: true }), told('c', 2), told('d', 9, { to: 'other' })];

  it('are his alone, the newest first', () => {
    expect(noticesTo('me', all).map((one) => one.id)).toEqual(['b', 'c', 'a']);
  });

  it('are counted until he has read them', () => {
    expect(unread(noticesTo('me', all)).map((one) => one.id)).toEqual(['c', 'a']);
  });

  it('are marked as read in groups no larger than the server takes', () => {
    const many = Array.from({ length: 120 }, (_, at) => told(`n${at}`, at));
    expect(readDrafts(many).map((group) => group.length)).toEqual([50, 50, 20]);
    expect(readDrafts([told('a', 1)])[0]?.[0]?.body).toEqual({ seen: { was: null, to: true } });
  });
});
