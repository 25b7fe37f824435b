/** The shared vectors about a device: what it sends, what it believes, what it keeps and what it shows. */
import { expect } from 'vitest';
import { Change } from '../outbox/change';
import { classify, type Reply } from '../outbox/classify';
import type { Data, Operation, Row, SyncRequest, SyncResponse, Verdict } from '../outbox/operation';
import { replayFamily } from '../outbox/replay';
import { buildRequest, type Envelope } from '../outbox/request';
import { respond } from '../outbox/respond';
import { emptyTables, type FileRow, type Judged, type Tables } from '../outbox/tables';
import { fieldService } from '../store/fieldService';
import { isJson, parse } from '../transport/http';
import { read, type Check, type Plain } from './read';

const plain = read<Plain>('plain');
const NOW = Date.parse(plain.response.now as string);
const ENVELOPE: Envelope = { protocol: 1, schema: 1, app: 'test', request: 'r', now: '', uptimeMs: 0 };

type Given = Record<string, unknown>;

interface Kept {
  epoch: string | null;
  cursor: string | null;
  records: Given[];
  outbox: (Given & { refused?: boolean })[];
  overlay: (Given & { seq: number; epoch?: string })[];
  archive: (Given & { seq: number; epoch?: string })[];
  photos: { sha256: string; root: string; seq: number | null }[];
  handedOver: string[];
}

export const DEVICE_CHECKS: Record<string, Check<never>> = {
  belief: (one: Belief) => {
    const sent = { ...plain.request, ...one.sent } as unknown as SyncRequest;
    sent.operations = (sent.operations as unknown as string[]).map((id) => ({ id }) as Operation);
    const classified = classify(sent, one.latest ?? sent.request, replyOf(one), tablesOf(one.device));
    expect(classified.kind).toBe(one.becomes);
  },
  requests: (one: { outbox: Kept['outbox']; limit: number; single: boolean; sends: string[] }) => {
    const limits = { operations: one.limit, bytes: 2 ** 30, rows: 500 };
    const request = buildRequest(tablesOf({ outbox: one.outbox }), ENVELOPE, limits, one.single);
    expect(request.operations.map(({ id }) => id)).toEqual(one.sends);
  },
  responses: (one: { device: Partial<Kept>; responses: Given[]; after: Given }) => {
    const tables = one.responses.reduce<Tables>((before, given) => take(before, given), tablesOf(one.device));
    const after = keptBy(tables);
    for (const [what, wanted] of Object.entries(one.after)) expect(after[what], what).toEqual(wanted);
  },
  replay: (one: Replay) => {
    const root = padded(one.root ?? 'a');
    const rows = one.records.map((given) => ({ ...row(given), id: padded(String(given.id)), root }));
    const operations = one.operations.map((given, index) => replayed(given, index + 1, root));
    const shown = new Map(replayFamily(root, rows, operations, fieldService.rules).map((shows) => [shows.id, shows]));
    for (const [id, wanted] of Object.entries(one.shows)) expectValues(shown.get(padded(id))?.data ?? {}, wanted);
    const gone = [...shown.values()].filter((shows) => shows.gone).map(({ id }) => id);
    expect(gone.sort()).toEqual((one.gone ?? []).map(padded).sort());
  },
  merges: (one: Merge) => {
    const type = one.record === 'order' ? 'work_order' : one.record;
    const step = one.steps.at(-1) as Step;
    const change = { ...operation({ id: '1', n: 1, type, do: 'set', set: step.set }), by: step.by };
    const was = Object.fromEntries(Object.entries(step.set).map(([field, { was }]) => [field, was])) as Data;
    const before = tablesOf({ records: [{ id: 'a', type, data: withoutNulls(was) }], outbox: [{ ...change }] });
    for (const [field, { to }] of Object.entries(step.set)) expectValues(screen(before), { [field]: to });
    const answers = [{ id: '1', verdict: step.verdict, seq: 20 }];
    const now = { id: 'a', type, version: 2, data: withoutNulls(one.shows), disputed: one.disputed };
    const after = take(before, { answers, changes: [now] });
    expectValues(screen(after), one.shows);
    expect([after.outbox.size, after.archive.get('1')?.verdict]).toEqual([0, step.verdict]);
    expect(after.records.get('a')?.disputed).toEqual(one.disputed);
  },
};

interface Belief {
  sent?: Given;
  latest?: string;
  device?: Partial<Kept>;
  status?: number;
  type?: string;
  text?: string;
  response?: Given;
  without?: string[];
  becomes: string;
}

interface Replay {
  root?: string;
  records: Given[];
  operations: (Given & { record: string })[];
  shows: Record<string, Data>;
  gone?: string[];
}

interface Step {
  by: string;
  set: Record<string, { was: Data[string]; to: Data[string] }>;
  verdict: Verdict;
}

interface Merge {
  record: string;
  steps: Step[];
  shows: Data;
  disputed: string[];
}

function replyOf(one: Belief): Reply {
  const whole = Object.entries({ ...plain.response, ...one.response }).filter(([name]) => !one.without?.includes(name));
  const text = one.text ?? JSON.stringify(Object.fromEntries(whole));
  const json = isJson(one.type ?? 'application/json') ? parse(text) : undefined;
  return { arrived: true, status: one.status ?? 200, json, retryAfterMs: null };
}

/** The vectors write ids short. */
function padded(short: string): string {
  return short.padStart(32, '0');
}

function operation(given: Given): Operation {
  const record = given.record ?? given.root ?? 'a';
  const body = given.do === undefined ? { do: 'set', set: {} } : {};
  return { ...plain.operation, record, root: 'a', ...body, ...given } as unknown as Operation;
}

function replayed(given: Given & { record: string }, n: number, root: string): Operation {
  return operation({ ...given, id: padded(String(n)), n, record: padded(given.record), root });
}

function row(given: Given): Row {
  return { ...plain.row, root: given.id, ...given } as unknown as Row;
}

function tablesOf(given: Partial<Kept> = {}): Tables {
  const kept = { ...plain.device, ...given } as unknown as Kept;
  const change = new Change(emptyTables());
  for (const one of kept.records) change.put('records', row(one));
  for (const one of kept.outbox) {
    change.put('outbox', { operation: operation(one), bytes: 1, refused: one.refused ? 'too_large' : null });
  }
  for (const table of ['overlay', 'archive'] as const) {
    for (const { seq, epoch = kept.epoch, ...one } of kept[table]) {
      change.put(table, judged(operation(one), seq, epoch as string));
    }
  }
  for (const one of kept.photos) change.put('files', photo(one));
  change.meta({ epoch: kept.epoch, cursor: kept.cursor, handedOver: kept.handedOver });
  return change.tables;
}

function judged(operation: Operation, seq: number, epoch: string): Judged {
  const verdict = { verdict: 'applied' as const, code: null, detail: null, conflicts: [], judgedAt: NOW };
  return { operation, bytes: 1, epoch, seq, ...verdict };
}

function photo({ sha256, root, seq }: Kept['photos'][number]): FileRow {
  const state = seq === null ? 'queued' : 'received';
  return { sha256, root, size: 1, type: 'image/jpeg', offset: 0, state, receivedAt: NOW, seq };
}

function take(before: Tables, given: Given): Tables {
  const changes = ((given.changes ?? []) as Given[]).map(row);
  const response = { ...plain.response, ...given, changes } as unknown as SyncResponse;
  return respond(before, plain.request as unknown as SyncRequest, response, NOW).tables;
}

/** What a device keeps, in the words of the vectors. */
function keptBy({ outbox, overlay, archive, records, files, meta }: Tables): Given {
  const waiting = [...outbox.values()].sort((a, b) => a.operation.n - b.operation.n);
  const inState = (state: string) => [...files.values()].filter((one) => one.state === state).map((one) => one.sha256);
  const rows = [...records.values()];
  return {
    outbox: waiting.map((one) => one.operation.id),
    overlay: [...overlay.keys()].sort(),
    archive: [...archive.keys()].sort(),
    records: Object.fromEntries(rows.map(({ id, version }) => [id, version])),
    gone: rows.filter((one) => one.gone).map((one) => one.id),
    handedOver: [...meta.handedOver].sort(),
    cursor: meta.cursor,
    epoch: meta.epoch,
    position: meta.seen?.position ?? null,
    queued: inState('queued').sort(),
    kept: inState('received').sort(),
  };
}

/** What shows of the one record of a merge. */
function screen(tables: Tables): Data {
  const operations = [...tables.outbox.values()].map((one) => one.operation);
  return replayFamily('a', tables.records.values(), operations, fieldService.rules)[0]?.data ?? {};
}

/** Absent and null are the same value. */
function expectValues(data: Data, wanted: Data): void {
  for (const [field, value] of Object.entries(wanted)) expect(data[field] ?? null, field).toEqual(value);
}

function withoutNulls(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}
