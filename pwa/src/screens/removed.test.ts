import { describe, expect, it } from 'vitest';
import { operation, PLAIN_RULES, row } from '../outbox/builders';
import { replayFamily } from '../outbox/replay';
import type { Operation } from '../outbox/operation';
import type { App } from '../store/types';
import { onRemoved } from './removed';

const photo = row({ id: 'photo-1', type: 'photo', root: 'order-1', data: { caption: 'pump' }, gone: true });
const there = { ...photo, gone: false };

/** What the tablet shows with this operation under way. */
function shownWith(stored: typeof photo, made: Operation): Pick<App, 'get'> {
  const shown = replayFamily('order-1', [stored], [made], PLAIN_RULES);
  return { get: (_type: string, id: string) => shown.find((one) => one.id === id) } as unknown as App;
}

const edit = operation({ id: 'a', n: 1, type: 'photo', record: 'photo-1', set: { caption: { was: 'pump', to: 'x' } } });
const { set: _, ...head } = edit;
const hide = { ...head, do: 'hide', hide: { reason: 'blurred' } } as Operation;

describe('work under way on a removed item', () => {
  it('is told as such', () => {
    expect(onRemoved(shownWith(photo, edit), { operation: edit })).toBe(true);
  });

  it('is nothing special on an item that is there', () => {
    expect(onRemoved(shownWith(there, edit), { operation: edit })).toBe(false);
  });

  it('is not the removal itself', () => {
    expect(onRemoved(shownWith(there, hide), { operation: hide })).toBe(false);
  });
});
