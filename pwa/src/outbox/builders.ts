/** Builders for tests: the smallest valid operation, row, request and response, with what a test wants to differ. */
import { Change } from './change';
import type { Operation, Row, SyncRequest, SyncResponse } from './operation';
import type { Rules } from './replay';
import { emptyTables, type FileRow, type Judged, type Meta, type Tables, type Waiting } from './tables';

export const NOW = Date.parse('2026-11-22T08:00:00.000Z');
export const EPOCH = 'epoch-1';
export const ORDER = 'order-1';

export function operation(values: Partial<Operation> & { id: string; n: number }): Operation {
  return {
    by: 'user-1',
    group: null,
    at: new Date(NOW).toISOString(),
    seen: null,
    schema: 1,
    type: 'work_order',
    record: ORDER,
    root: ORDER,
    base: 1,
    do: 'set',
    set: { fault: { was: null, to: values.id } },
    ...values,
  };
}

export function note(id: string, n: number, text = id): Operation {
  const { set, ...rest } = operation({ id, n });
  return { ...rest, type: 'note', record: `note-${id}`, do: 'append', append: { values: { text } } };
}

export function row(values: Partial<Row> & { id: string }): Row {
  return { type: 'work_order', root: values.id, version: 1, data: {}, ...values };
}

export function waiting(operation: Operation, values: Partial<Waiting> = {}): Waiting {
  return { operation, bytes: 100, refused: null, ...values };
}

export function judged(operation: Operation, values: Partial<Judged> = {}): Judged {
  const head = { operation, bytes: 100, epoch: EPOCH, verdict: 'applied' as const, seq: 10 };
  return { ...head, code: null, detail: null, conflicts: [], judgedAt: NOW, ...values };
}

export function file(sha256: string, values: Partial<FileRow> = {}): FileRow {
  const head = { sha256, root: ORDER, size: 10, type: 'image/jpeg', offset: 0 };
  return { ...head, state: 'queued', receivedAt: null, seq: null, ...values };
}

export interface Contents {
  records?: Row[];
  shadow?: Row[];
  outbox?: (Operation | Waiting)[];
  overlay?: (Operation | Judged)[];
  archive?: (Operation | Judged)[];
  files?: FileRow[];
  meta?: Partial<Meta>;
}

/** The tables of a device that has synchronised before. */
export function device(contents: Contents = {}): Tables {
  const change = new Change(emptyTables());
  for (const one of contents.records ?? []) change.put('records', one);
  for (const one of contents.shadow ?? []) change.put('shadow', one);
  for (const one of contents.outbox ?? []) change.put('outbox', 'operation' in one ? one : waiting(one));
  for (const table of ['overlay', 'archive'] as const) {
    for (const one of contents[table] ?? []) change.put(table, 'operation' in one ? one : judged(one));
  }
  for (const one of contents.files ?? []) change.put('files', one);
  change.meta({ epoch: EPOCH, cursor: 'cursor-1', n: 100, ...contents.meta });
  return change.tables;
}

export function request(values: Partial<SyncRequest> = {}): SyncRequest {
  return {
    protocol: 1,
    schema: 1,
    app: 'test',
    request: 'request-1',
    epoch: EPOCH,
    clock: { now: new Date(NOW).toISOString(), uptime_ms: 1 },
    operations: [],
    cursor: 'cursor-1',
    limit: 500,
    ...values,
  };
}

export function response(values: Partial<SyncResponse> = {}): SyncResponse {
  return {
    protocol: 1,
    request: 'request-1',
    epoch: EPOCH,
    now: new Date(NOW).toISOString(),
    next_sync_ms: 30_000,
    answers: [],
    left: [],
    entered: [],
    changes: [],
    want: [],
    through: 20,
    safe: 0,
    cursor: 'cursor-2',
    more: false,
    reset: null,
    ...values,
  };
}

/** A trade without rules of its own: a transition leads to the state of its name. */
export const PLAIN_RULES: Rules = {
  upcast: (operation) => operation,
  transition: (name) => ({ state: name }),
  advance: () => ({}),
  derive: () => ({}),
};
