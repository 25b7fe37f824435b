import { describe, expect, it } from 'vitest';
import type { Conflict } from '../../model/records';
import type { Shown } from '../types';
import { bringBack, leaveRemoved } from './conflict';
import { applyEdited, applyParked, dismissParked } from './parked';

const shown = <T>(id: string, type: string, data: T): Shown<T> =>
  ({ id, type, root: type === 'parked' ? id : 'order', data }) as Shown<T>;
const parked = shown('p', 'parked', {});
const head = { type: 'parked', record: 'p', root: 'p' };

describe('a decision about parked work', () => {
  it('applies it as it is, or in other words with a reason, or not at all', () => {
    const edited = { fault: { was: 'cold', to: 'frozen' } };
    expect(applyParked(parked)).toEqual([{ ...head, do: 'unpark', body: {} }]);
    expect(applyEdited(parked, edited, 'checked')).toEqual([
      { ...head, do: 'unpark', body: { edited, reason: 'checked' } },
    ]);
    expect(dismissParked(parked, 'twice')).toEqual([{ ...head, do: 'dismiss', body: { reason: 'twice' } }]);
  });
});

describe('a decision about an item that one removed and another edited', () => {
  const photo = shown('photo', 'photo', {});
  const conflict = (candidates: { op: string }[]) =>
    shown('c', 'conflict', { live: { op: 'a' }, candidates } as unknown as Conflict);
  const made = (drafts: { do: string; body: unknown }[]) => drafts.map((draft) => [draft.do, draft.body]);

  it('brings it back with an edit in one group', () => {
    const [back, chosen] = bringBack(conflict([{ op: 'b' }]), photo, 'b', 'needed');
    expect(back).toEqual({ type: 'photo', record: 'photo', root: 'order', do: 'restore', body: {} });
    expect(chosen?.body).toEqual({ conflict: 'c', choose: { op: 'b' }, reason: 'needed', saw: ['a', 'b'] });
  });

  it('needs no choice where nobody else wrote into it', () => {
    expect(made(bringBack(conflict([]), photo, 'a', ''))).toEqual([['restore', {}]]);
  });

  it('leaves it removed with what it held', () => {
    const body = { conflict: 'c', choose: { op: 'a' }, reason: 'blurred', saw: ['a', 'b'] };
    expect(made(leaveRemoved(conflict([{ op: 'b' }]), 'blurred'))).toEqual([['resolve', body]]);
  });
});
