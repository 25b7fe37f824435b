/** The four honest states of a record and of a photo, and nothing else. */
import type { Row } from './operation';
import type { Tables } from './tables';

export type Honest = 'saved' | 'received' | 'disputed' | 'needs_you';

/** From the one that asks most of a person to the one that asks nothing. */
const ORDER: Honest[] = ['needs_you', 'disputed', 'saved', 'received'];

export function worst(states: Iterable<Honest>): Honest {
  const present = new Set(states);
  return ORDER.find((state) => present.has(state)) ?? 'received';
}

/** Record id -> what its operations say; a record without an entry has nothing but its stored values. */
export function honestByRecord(tables: Tables): Map<string, Honest> {
  const found = new Map<string, Honest>();
  const note = (record: string, state: Honest) => found.set(record, worst([state, found.get(record) ?? 'received']));
  for (const { operation, refused } of tables.outbox.values()) note(operation.record, refused ? 'needs_you' : 'saved');
  for (const { operation, verdict } of tables.overlay.values()) note(operation.record, honestVerdict(verdict));
  for (const row of tables.records.values()) noteOutcome(row, note);
  return found;
}

function honestVerdict(verdict: string): Honest {
  if (verdict === 'parked') return 'needs_you';
  return verdict === 'conflicted' ? 'disputed' : 'received';
}

/** An open outcome says that an operation of this user waits for a decision. */
function noteOutcome(row: Row, note: (record: string, state: Honest) => void): void {
  if (row.type !== 'outcome' || row.gone || row.data.state !== 'open') return;
  const { record } = row.data.operation as { record: string };
  note(record, honestVerdict(String(row.data.verdict)));
}

/** Received means that the server has verified the hash of the bytes; `stored` is the server's own word. */
export function honestPhoto(tables: Tables, sha256: string, stored: boolean): Honest {
  return stored || tables.files.get(sha256)?.state === 'received' ? 'received' : 'saved';
}
