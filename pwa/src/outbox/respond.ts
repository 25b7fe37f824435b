/**
 * What a usable response changes on the device, in the order of the protocol, as one transaction:
 * verdicts, left, entered, changes, cursor. An acknowledgement never writes values into the confirmed records.
 */
import { Change } from './change';
import type { Answer, SyncRequest, SyncResponse } from './operation';
import { followErasure, isErased } from './erasure';
import { discardRecords, pendingRoots, removeRoot, sweepHandedOver } from './pending';
import { beginReset, swapShadow } from './reset';
import { pruneArchive } from './archive';
import type { Tables } from './tables';

export function respond(before: Tables, sent: SyncRequest, response: SyncResponse, receivedAt: number): Change {
  const change = new Change(before);
  const serverTime = Date.parse(response.now);
  if (response.reset !== null) beginReset(change, response);
  for (const answer of response.answers) takeAnswer(change, answer, response.epoch, serverTime);
  for (const { root } of response.left) leave(change, root);
  for (const root of response.entered) enter(change, root);
  storeRows(change, response);
  moveCursor(change, response);
  requeueWanted(change, response.want);
  if (!response.more) settle(change, response);
  change.meta({ paging: response.more, lastExchangeAt: receivedAt, ...clockOffset(sent, response, receivedAt) });
  pruneArchive(change, serverTime);
  return change;
}

/** A verdict moves its operation to the overlay; `held` is no verdict: the operation stays in the outbox. */
function takeAnswer(change: Change, answer: Answer, epoch: string, judgedAt: number): void {
  const waiting = change.tables.outbox.get(answer.id);
  if (waiting === undefined || answer.verdict === undefined || answer.seq === undefined) return;
  change.remove('outbox', answer.id);
  change.put('overlay', {
    operation: waiting.operation,
    bytes: waiting.bytes,
    epoch,
    verdict: answer.verdict,
    seq: answer.seq,
    code: answer.code ?? null,
    detail: answer.detail ?? null,
    conflicts: answer.conflicts ?? [],
    judgedAt,
  });
}

function leave(change: Change, root: string): void {
  if (change.tables.meta.shadow !== null) discardRecords(change, 'shadow', root);
  else if (!pendingRoots(change.tables).has(root)) removeRoot(change, root);
  else if (!change.tables.meta.handedOver.includes(root)) {
    change.meta({ handedOver: [...change.tables.meta.handedOver, root] });
  }
}

function enter(change: Change, root: string): void {
  discardRecords(change, target(change), root);
  if (change.tables.meta.shadow !== null) return;
  change.meta({ handedOver: change.tables.meta.handedOver.filter((other) => other !== root) });
}

function storeRows(change: Change, response: SyncResponse): void {
  const table = target(change);
  for (const row of response.changes) {
    const data = row.data ?? change.tables[table].get(row.id)?.data ?? {};
    change.put(table, { ...row, version: row.version ?? 0, data });
    if (row.erased) followErasure(change, row);
  }
}

function target(change: Change): 'records' | 'shadow' {
  return change.tables.meta.shadow === null ? 'records' : 'shadow';
}

function moveCursor(change: Change, response: SyncResponse): void {
  const { epoch, cursor, through, safe, now, want } = response;
  if (change.tables.meta.shadow !== null) change.meta({ shadow: { epoch, cursor }, want });
  else change.meta({ epoch, cursor, through, safe, want, seen: { epoch, position: through, at: now } });
}

/** The server lacks bytes that it once had, or that never arrived: whoever still holds them sends them again. */
function requeueWanted(change: Change, want: string[]): void {
  for (const sha256 of want) {
    const file = change.tables.files.get(sha256);
    if (file !== undefined && file.state !== 'queued') {
      change.put('files', { ...file, state: 'queued', offset: 0, receivedAt: null, seq: null });
    }
  }
}

/** Only now is the store consistent: everything visible up to `through` has been delivered. */
function settle(change: Change, response: SyncResponse): void {
  if (change.tables.meta.shadow !== null) swapShadow(change, response);
  for (const judged of change.tables.overlay.values()) {
    if (judged.epoch !== response.epoch || judged.seq > response.through) continue;
    change.remove('overlay', judged.operation.id);
    if (!isErased(change, judged.operation)) change.put('archive', judged);
  }
  sweepHandedOver(change);
}

function clockOffset(sent: SyncRequest, response: SyncResponse, receivedAt: number): { clockOffsetMs: number } {
  const middle = (Date.parse(sent.clock.now) + receivedAt) / 2;
  return { clockOffsetMs: Math.round(Date.parse(response.now) - middle) };
}
