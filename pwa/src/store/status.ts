/** What the screens are told about sending, computed from the tables and the activity of the sending tab. */
import type { Row } from '../outbox/operation';
import type { FileRow, Tables } from '../outbox/tables';
import type { Activity } from './activity';
import type { OutboxItem, PhotoItem, SyncStatus } from './types';

export function syncStatus(tables: Tables, activity: Activity, online: boolean): SyncStatus {
  const waiting = [...tables.outbox.values()].filter((row) => row.refused === null).length;
  const photosWaiting = queuedFiles(tables).length;
  const refused = tables.outbox.size - waiting;
  const { lastExchangeAt, want } = tables.meta;
  const photosMissing = want.filter((sha256) => tables.files.get(sha256)?.state !== 'queued').length;
  const nothingLeft = tables.outbox.size === 0 && photosWaiting === 0 && want.length === 0;
  return {
    online,
    sending: activity.sending,
    signedIn: activity.signedIn,
    lastExchangeAt,
    waiting,
    photosWaiting,
    photosMissing,
    needsYou: refused + openOutcomes(tables).length,
    problem: activity.problem,
    allSynced: nothingLeft && lastExchangeAt !== null && activity.problem === null && !tables.meta.paging,
  };
}

/** Oldest first: what has no verdict, and what has one that a person must look at. */
export function outboxItems(tables: Tables): OutboxItem[] {
  const waiting = [...tables.outbox.values()].map((row) =>
    item(row.operation, row.refused ? 'needs_you' : 'saved', row.refused),
  );
  const judged = [...tables.overlay.values()]
    .filter((row) => row.verdict !== 'applied')
    .map((row) => ({
      ...item(row.operation, row.verdict === 'parked' ? 'needs_you' : 'disputed', row.code),
      detail: row.detail,
    }));
  const settled = openOutcomes(tables).map(outcomeItem);
  const known = new Set(settled.map((one) => one.operation.id));
  const all = [...waiting, ...judged.filter((one) => !known.has(one.operation.id)), ...settled];
  return all.sort((a, b) => a.operation.n - b.operation.n);
}

export function photoItems(tables: Tables): PhotoItem[] {
  return queuedFiles(tables).map(({ sha256, root, size, offset }) => ({
    sha256,
    root,
    size,
    uploaded: offset,
    honest: 'saved',
  }));
}

function queuedFiles(tables: Tables): FileRow[] {
  return [...tables.files.values()].filter((file) => file.state === 'queued');
}

function openOutcomes(tables: Tables): Row[] {
  return [...tables.records.values()].filter((row) => row.type === 'outcome' && !row.gone && row.data.state === 'open');
}

function outcomeItem(row: Row): OutboxItem {
  const { operation, verdict, code } = row.data as unknown as Outcome;
  return item(operation, verdict === 'parked' ? 'needs_you' : 'disputed', code ?? null);
}

interface Outcome {
  operation: OutboxItem['operation'];
  verdict: string;
  code?: string;
}

function item(operation: OutboxItem['operation'], honest: OutboxItem['honest'], code: string | null): OutboxItem {
  return { operation, honest, code, detail: null, group: operation.group?.id ?? null };
}
