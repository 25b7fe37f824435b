/** Work that the server would not even read: set aside for a person, never in the way of the rest. */
import { Change } from './change';
import type { Tables } from './tables';

export function setAside(before: Tables, ids: string[], code: string): Change {
  const change = new Change(before);
  for (const id of ids) {
    const waiting = before.outbox.get(id);
    if (waiting !== undefined) change.put('outbox', { ...waiting, refused: code });
  }
  return change;
}
