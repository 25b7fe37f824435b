/** What one reply comes to: the change it makes on the device, what the loop is told, and the problem that shows. */
import type { Change } from './change';
import { classify, type Reply } from './classify';
import type { Event } from './loop';
import { setAside } from './needsYou';
import type { SyncRequest, SyncResponse } from './operation';
import { sendableUnits } from './request';
import { respond } from './respond';
import type { Tables } from './tables';

/** A link that answers within this time carries twice as much within the time limit. */
const QUICK_MS = 8_000;

export interface Conclusion {
  /** null: the reply changes nothing */
  change: Change | null;
  event: Event;
  problem: string | null;
}

export const SIGNED_OUT: Conclusion = { change: null, event: { name: 'signedOut' }, problem: 'signed_out' };

/** To be asked inside the transaction that stores the change: another tab may have moved the tables meanwhile. */
export function conclude(before: Tables, sent: SyncRequest, latest: string, reply: Reply, now: number): Conclusion {
  const classified = classify(sent, latest, reply, before);
  if (classified.kind === 'signed_out') return SIGNED_OUT;
  if (classified.kind === 'usable') return absorb(before, sent, classified.response, now);
  if (classified.kind === 'refused') return refuse(before, sent, classified.code);
  const { problem, retryAfterMs } = classified;
  const timedOut = problem === 'timeout';
  return { change: null, event: { name: 'unusable', timedOut, retryAfterMs }, problem };
}

function absorb(before: Tables, sent: SyncRequest, response: SyncResponse, now: number): Conclusion {
  const change = respond(before, sent, response, now);
  const again = goesOn(response, change.tables);
  const quick = now - Date.parse(sent.clock.now) < QUICK_MS;
  return { change, event: { name: 'usable', again, quick, nextSyncMs: response.next_sync_ms }, problem: null };
}

/** More pages, a reset to work off, or more work that this exchange shows to be judged. */
function goesOn(response: SyncResponse, after: Tables): boolean {
  if (response.more || response.reset !== null) return true;
  const progress = response.answers.some((answer) => answer.verdict !== undefined);
  return progress && sendableUnits(after).length > 0;
}

/** The server would not read it: a group that stood alone is the guilty one and waits for a person. */
function refuse(before: Tables, sent: SyncRequest, code: string): Conclusion {
  const ids = sent.operations.map((operation) => operation.id);
  const groups = new Set(sent.operations.map((operation) => operation.group?.id ?? operation.id));
  if (groups.size === 0) {
    return { change: null, event: { name: 'unusable', timedOut: false, retryAfterMs: null }, problem: code };
  }
  const alone = groups.size === 1;
  return { change: alone ? setAside(before, ids, code) : null, event: { name: 'refused', alone }, problem: code };
}
