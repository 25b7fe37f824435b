/**
 * How long judged work and received bytes stay: until a verified backup contains them, at most 45 days of the server's
 * clock. A device's own clock may be years ahead tomorrow.
 */
import type { Change } from './change';
import type { Data } from './operation';
import { dropFile } from './pending';
import type { FileRow } from './tables';

type Made = { values: Data };

const LONGEST_MS = 45 * 24 * 3600 * 1000;

export function pruneArchive(change: Change, now: number): void {
  const { safe, epoch, shadow } = change.tables.meta;
  for (const judged of change.tables.archive.values()) {
    const backedUp = judged.epoch === epoch && judged.seq <= safe;
    if (backedUp || judged.judgedAt < now - LONGEST_MS) change.remove('archive', judged.operation.id);
  }
  const received = [...change.tables.files.values()].filter((file) => file.state === 'received');
  const named = received.length > 0 ? namedByWork(change) : new Set();
  for (const file of received) {
    // While a snapshot is under way `safe` is still that of the old history and `seq` may be of the new one.
    const backedUp = shadow === null && file.seq !== null && file.seq <= safe && !named.has(file.sha256);
    if (backedUp || (file.receivedAt ?? now) < now - LONGEST_MS) release(change, file);
  }
}

/**
 * Hashes in words that no backup is known to contain. The receipt of bytes proves no history: if a database without them
 * was put back, the server can ask for them only once it has the words.
 */
function namedByWork(change: Change): Set<unknown> {
  const { outbox, overlay, archive } = change.tables;
  const kept = [...outbox.values(), ...overlay.values(), ...archive.values()];
  return new Set(kept.flatMap(({ operation }) => Object.values((operation.append as Made | undefined)?.values ?? {})));
}

/** Kept to look at while its root is here; no longer kept as the only copy. */
function release(change: Change, file: FileRow): void {
  if (change.tables.records.has(file.root)) change.put('files', { ...file, state: 'cached' });
  else dropFile(change, file.sha256);
}
