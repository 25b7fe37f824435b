/** What a statement binds beside its content: the versions shown, the work replayed on them, the device's position. */
import { pendingOperations } from '../outbox/pending';
import type { Tables } from '../outbox/tables';
import type { Evidence, Shown } from './types';

/** `shown`: every record the customer sees. */
export function evidenceOf(tables: Tables, shown: Shown[], device: string, user: string): Evidence {
  const replayed = new Set(shown.flatMap((record) => record.pending));
  const { seen, clockOffsetMs, previousStatement, paging, shadow } = tables.meta;
  return {
    records: shown.map(({ type, id, version }) => ({ type, id, version })),
    operations: inOrder(tables).filter((id) => replayed.has(id)),
    beacon: seen,
    clock_offset_ms: clockOffsetMs,
    device,
    user,
    previous: previousStatement,
    complete: !paging && shadow === null,
  };
}

function inOrder(tables: Tables): string[] {
  return pendingOperations(tables).map((operation) => operation.id);
}
