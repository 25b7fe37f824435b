/** Which roots still have work of this user under way: they are never removed. */
import type { Change } from './change';
import type { Operation } from './operation';
import type { Tables } from './tables';

/** Overlay and outbox in the order in which their author acted. */
export function pendingOperations(tables: Tables): Operation[] {
  const rows = [...tables.overlay.values(), ...tables.outbox.values()];
  return rows.map((row) => row.operation).sort((a, b) => a.n - b.n);
}

export function pendingRoots(tables: Tables): Set<string> {
  const roots = new Set(pendingOperations(tables).map((operation) => operation.root));
  for (const file of tables.files.values()) if (file.state === 'queued') roots.add(file.root);
  return roots;
}

/** Removes handed-over roots, and what was downloaded for them, once nothing under way mentions them. */
export function sweepHandedOver(change: Change): void {
  const pending = pendingRoots(change.tables);
  const { handedOver } = change.tables.meta;
  const kept = handedOver.filter((root) => pending.has(root));
  if (kept.length === handedOver.length) return;
  for (const root of handedOver) if (!pending.has(root)) removeRoot(change, root);
  change.meta({ handedOver: kept });
}

export function removeRoot(change: Change, root: string): void {
  discardRecords(change, 'records', root);
  for (const file of change.tables.files.values()) {
    if (file.root === root && file.state === 'cached') dropFile(change, file.sha256);
  }
}

export function discardRecords(change: Change, table: 'records' | 'shadow', root: string): void {
  for (const row of change.tables[table].values()) if (row.root === root) change.remove(table, row.id);
}

export function dropFile(change: Change, sha256: string): void {
  change.remove('files', sha256);
  change.bytes(sha256, null);
}
