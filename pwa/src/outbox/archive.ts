/**
 * How long judged work and received bytes stay: until a verified backup contains them, at most 45 days of the server's
 * clock. A device's own clock may be years ahead tomorrow.
 */
import type { Change } from './change';
import { dropFile } from './pending';
import type { FileRow } from './tables';

const LONGEST_MS = 45 * 24 * 3600 * 1000;

export function pruneArchive(change: Change, now: number): void {
  const { safe, epoch, shadow } = change.tables.meta;
  for (const judged of change.tables.archive.values()) {
    const backedUp = judged.epoch === epoch && judged.seq <= safe;
    if (backedUp || judged.judgedAt < now - LONGEST_MS) change.remove('archive', judged.operation.id);
  }
  for (const file of change.tables.files.values()) {
    if (file.state !== 'received') continue;
    // While a snapshot is under way `safe` is still that of the old history and `seq` may be of the new one.
    const backedUp = shadow === null && file.seq !== null && file.seq <= safe;
    if (backedUp || (file.receivedAt ?? now) < now - LONGEST_MS) release(change, file);
  }
}

/** Kept to look at while its root is here; no longer kept as the only copy. */
function release(change: Change, file: FileRow): void {
  if (change.tables.records.has(file.root)) change.put('files', { ...file, state: 'cached' });
  else dropFile(change, file.sha256);
}
