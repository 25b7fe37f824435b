/** A person's data was erased on request: this device keeps no copy of it either. Unsent work stays until it is judged. */
import type { Change } from './change';
import { dropFile } from './pending';
import type { Operation, Row } from './operation';

export function followErasure(change: Change, row: Row): void {
  for (const table of ['overlay', 'archive'] as const) {
    for (const { operation } of change.tables[table].values()) {
      if (operation.record === row.id) change.remove(table, operation.id);
    }
  }
  const { sha256 } = row.data;
  if (typeof sha256 === 'string' && !isNamedElsewhere(change, row)) dropFile(change, sha256);
}

export function isErased(change: Change, { record }: Operation): boolean {
  return change.tables.records.get(record)?.erased === true;
}

/** The same picture may hang on another record, or on one that is still to be sent. */
function isNamedElsewhere(change: Change, { id, data }: Row): boolean {
  const { records, shadow, outbox } = change.tables;
  const rows = [...records.values(), ...shadow.values()];
  if (rows.some((row) => row.id !== id && !row.erased && row.data.sha256 === data.sha256)) return true;
  const added = [...outbox.values()].map(({ operation }) => operation.append as { values?: Row['data'] } | undefined);
  return added.some((body) => body?.values?.sha256 === data.sha256);
}
