/** After a restore of the server: judged work is offered again, and a snapshot fills a shadow store until the swap. */
import { Change } from './change';
import type { SyncResponse } from './operation';
import { dropFile, pendingRoots } from './pending';
import type { Judged, Tables } from './tables';

/** Overlay and archive go back to the outbox; their `n` puts them before newer work. Nothing is wiped. */
export function beginReset(change: Change, response: SyncResponse): void {
  offerAgain(change, () => true);
  // The restored server may lack bytes it once had: they are announced again, which costs nothing if it has them.
  for (const file of change.tables.files.values()) {
    if (file.state === 'received') {
      change.put('files', { ...file, state: 'queued', offset: 0, receivedAt: null, seq: null });
    }
  }
  change.clear('shadow');
  change.meta({ shadow: { epoch: response.epoch, cursor: response.cursor } });
}

/** The snapshot becomes the store; roots with pending work survive as handed over. */
export function swapShadow(change: Change, response: SyncResponse): void {
  const { records, shadow } = change.tables;
  const pending = pendingRoots(change.tables);
  const arrived = new Set([...shadow.values()].map((row) => row.root));
  const surviving = [...records.values()].filter((row) => pending.has(row.root) && !arrived.has(row.root));
  change.clear('records');
  for (const row of [...shadow.values(), ...surviving]) change.put('records', row);
  change.clear('shadow');
  dropStrayDownloads(change);
  const { epoch, cursor, through, safe, now } = response;
  change.meta({
    epoch,
    cursor,
    through,
    safe,
    seen: { epoch, position: through, at: now },
    shadow: null,
    handedOver: [...new Set(surviving.map((row) => row.root))],
  });
}

/** What was downloaded for roots that are not here any more is of no use to anybody. */
function dropStrayDownloads(change: Change): void {
  const roots = new Set([...change.tables.records.values()].map((row) => row.root));
  for (const file of change.tables.files.values()) {
    if (file.state === 'cached' && !roots.has(file.root)) dropFile(change, file.sha256);
  }
}

function offerAgain(change: Change, isVoid: (judged: Judged) => boolean): void {
  for (const table of ['archive', 'overlay'] as const) {
    for (const judged of [...change.tables[table].values()].filter(isVoid)) {
      const { operation, bytes } = judged;
      if (change.tables.outbox.has(operation.id)) continue;
      change.remove(table, operation.id);
      change.put('outbox', { operation, bytes, refused: null });
    }
  }
}

/** An unfinished shadow found at start is thrown away: the old cursor makes the server repeat the reset. */
export function needsCleanStart(tables: Tables): boolean {
  return tables.meta.shadow !== null || tables.shadow.size > 0;
}

export function discardShadow(before: Tables): Change {
  const change = new Change(before);
  const { epoch, through } = before.meta;
  // The cursor that came with these verdicts is lost: should the server lose them too, nothing here could tell.
  offerAgain(change, (judged) => judged.epoch !== epoch || judged.seq > through);
  change.clear('shadow');
  change.meta({ shadow: null });
  return change;
}
