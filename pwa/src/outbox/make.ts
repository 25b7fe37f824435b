/** Turns drafts into operations and writes them, with their photos, as one transaction. */
import { Change } from './change';
import type { Data, Do, Group, Operation, Value } from './operation';
import type { FileRow, Tables, Waiting } from './tables';

/** One intended change, before it has an id: `body` is the wire body of its `do`. */
export interface Draft {
  type: string;
  record: string;
  root: string;
  do: Do;
  body: unknown;
}

/** Who acts and when; ids are made by the caller. */
export interface Act {
  user: string;
  schema: number;
  at: string;
  ids: string[];
  group: string;
}

export interface NewFile {
  sha256: string;
  blob: Blob;
  root: string;
}

/** What shows of a record when its author acts. */
export type Look = (record: string) => { version: number; data: Data } | undefined;

/** Fields that change together with this one (itself included). */
export type Together = (type: string, field: string) => readonly string[];

export function makeOperations(tables: Tables, drafts: Draft[], act: Act, look: Look, together: Together): Operation[] {
  const group = drafts.length > 1 ? { group: { id: act.group, of: drafts.length } satisfies Group } : {};
  return drafts.map((draft, index) => {
    const seen = look(draft.record);
    const head = {
      id: act.ids[index] as string,
      n: tables.meta.n + 1 + index,
      by: act.user,
      ...group,
      at: act.at,
      seen: tables.meta.seen,
      schema: act.schema,
      type: draft.type,
      record: draft.record,
      root: draft.root,
      base: seen?.version ?? 0,
    };
    return { ...head, do: draft.do, [draft.do]: body(draft, seen?.data ?? {}, together) };
  });
}

function body(draft: Draft, shown: Data, together: Together): Value {
  const given = draft.body as Value;
  return draft.do === 'set' ? complete(draft.type, given as SetBody, shown, together) : given;
}

type SetBody = Record<string, { was: Value; to: Value }>;

/** A merge group is one value: members that did not change travel along. */
function complete(type: string, given: SetBody, shown: Data, together: Together): SetBody {
  const changes = { ...given };
  for (const field of Object.keys(given)) {
    for (const member of together(type, field)) {
      const value = shown[member] ?? null;
      changes[member] ??= { was: value, to: value };
    }
  }
  return changes;
}

/** Record and outbox row, metadata and bytes: all in one transaction, or nothing. */
export function saveWork(before: Tables, operations: Operation[], files: NewFile[], statement: string | null): Change {
  const change = new Change(before);
  for (const operation of operations) change.put('outbox', waiting(operation));
  for (const { sha256, blob, root } of files) {
    if (before.files.has(sha256)) continue;
    change.put('files', queued(sha256, blob, root));
    change.bytes(sha256, blob);
  }
  change.meta({ n: before.meta.n + operations.length });
  if (statement !== null) change.meta({ previousStatement: statement });
  return change;
}

export function byteSize(operation: Operation): number {
  return new TextEncoder().encode(JSON.stringify(operation)).length;
}

function waiting(operation: Operation): Waiting {
  return { operation, bytes: byteSize(operation), refused: null };
}

function queued(sha256: string, blob: Blob, root: string): FileRow {
  const { size, type } = blob;
  return { sha256, root, size, type, offset: 0, state: 'queued', receivedAt: null, seq: null };
}
