/** A tablet that worked with a released app opens with this one: nothing is lost, also when that fails half way. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Timer } from '../model/records';
import { policyNamesUnits } from '../model/upcasts';
import type { Data } from '../outbox/operation';
import type { Judged, Tables, Waiting } from '../outbox/tables';
import { buildRequest } from '../outbox/request';
import { fieldService } from '../store/fieldService';
import { ShownRecords } from '../store/shownRecords';
import { UpgradeFailed } from './database';
import { databaseName, openUserDatabase } from './indexedDatabase';
import { VERSION } from './upgrades';

interface Golden {
  version: number;
  stores: Record<string, string | null>;
  meta: Tables['meta'];
  bytes: Record<string, string>;
  records: { id: string; type: string; data: Record<string, unknown> }[];
  outbox: Waiting[];
  overlay: Judged[];
  archive: Judged[];
  files: { sha256: string }[];
}

const FOLDER = new URL('../../../tests/contract/golden/', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('database-1.json', FOLDER), 'utf8')) as Golden;
const TABLES = ['records', 'outbox', 'overlay', 'archive', 'files'] as const;
const USER = 'user-1';
const DECLINED = '01934f2a-0000-7000-8000-00000000004d';
const LIMITS = { operations: 1_000, bytes: 4_000_000, rows: 500 };

/** What the released app left on the tablet. */
async function leftByTheOldApp(): Promise<void> {
  const old = await openDB(databaseName(USER), golden.version, {
    upgrade: (database) => {
      for (const [name, keyPath] of Object.entries(golden.stores)) database.createObjectStore(name, { keyPath });
    },
  });
  for (const table of TABLES) for (const row of golden[table]) await old.put(table, row);
  for (const [sha256, text] of Object.entries(golden.bytes)) await old.put('bytes', new Blob([text]), sha256);
  await old.put('meta', golden.meta, 'meta');
  old.close();
}

/** What is there, read without the app. */
async function everything(): Promise<Record<string, unknown[]>> {
  const raw = await openDB(databaseName(USER));
  const read = await Promise.all([...TABLES, 'meta', 'bytes'].map(async (name) => [name, await raw.getAll(name)]));
  const found = { ...Object.fromEntries(read), version: [raw.version] };
  raw.close();
  return found;
}

function failNth(nth: number, error: Error): () => void {
  const put = IDBObjectStore.prototype.put;
  let count = 0;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (++count === nth) throw error;
    return put.apply(this, args);
  });
  return () => spy.mockRestore();
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  await leftByTheOldApp();
});

describe('a tablet of app 0.1.0', () => {
  it('keeps every operation as it was made, and every byte', async () => {
    const database = await openUserDatabase(USER);
    const tables = await database.load();
    for (const table of ['outbox', 'overlay', 'archive', 'files'] as const) {
      const kept: unknown[] = [...tables[table].values()];
      expect(kept).toEqual(expect.arrayContaining(golden[table] as unknown[]));
      expect(kept).toHaveLength(golden[table].length);
    }
    const [[sha256, text]] = Object.entries(golden.bytes) as [[string, string]];
    expect(await (await database.bytes(sha256))?.text()).toBe(text);
    database.close();
  });

  it('has its stored ratings and policies in the words of today, and every other record as it was', async () => {
    const tables = await (await openUserDatabase(USER)).load();
    for (const row of golden.records) {
      const declined = row.type === 'rating' && row.data.score === undefined ? { declined: true } : {};
      const data = row.type === 'service_policy' ? policyNamesUnits(row.data as Data) : { ...row.data, ...declined };
      expect(tables.records.get(row.id)).toEqual({ ...row, data });
    }
  });

  it('knows the unit, calendar and end of every stored timer', async () => {
    const tables = await (await openUserDatabase(USER)).load();
    const timers = [...tables.records.values()]
      .filter((row) => row.type === 'service_policy')
      .flatMap((row) => row.data.timers as Timer[]);
    expect(timers.length).toBeGreaterThan(0);
    for (const timer of timers)
      expect(timer).toMatchObject({ unit: 'min', calendar: '24x7', stop: expect.any(String) });
  });

  it('shows what waits in the words of today, and sends it as it was made', async () => {
    const tables = await (await openUserDatabase(USER)).load();
    const shown = new ShownRecords(fieldService.rules);
    shown.update(tables, null);
    expect(shown.get('rating', DECLINED)?.data.declined).toBe(true);
    const envelope = { protocol: 1, schema: 2, app: '0.2.0', request: 'r', now: '', uptimeMs: 0 };
    const made = golden.outbox.map((row) => row.operation).sort((a, b) => a.n - b.n);
    expect(buildRequest(tables, envelope, LIMITS).operations).toEqual(made);
  });
});

describe('an upgrade that fails half way', () => {
  const causes: [string, Error, UpgradeFailed['reason']][] = [
    ['no room', new DOMException('no room', 'QuotaExceededError'), 'full'],
    ['a mistake', new TypeError('a mistake'), 'failed'],
  ];

  it.each(causes)(
    'because of %s leaves everything as it was, says so, and works the next time',
    async (_, error, reason) => {
      const before = await everything();
      for (const nth of [1, 2]) {
        const repair = failNth(nth, error);
        await expect(openUserDatabase(USER)).rejects.toEqual(new UpgradeFailed(reason));
        repair();
        expect(await everything()).toEqual(before);
      }
      expect((await (await openUserDatabase(USER)).load()).outbox.size).toBe(golden.outbox.length);
      expect((await everything()).version).toEqual([VERSION]);
    },
  );
});

describe('two tabs', () => {
  it('of different versions: the new one waits for the old one, and says so', async () => {
    const old = await openDB(databaseName(USER), golden.version);
    const told: string[] = [];
    const neighbours = { onBlocked: () => told.push('blocked'), onSuperseded: () => told.push('superseded') };
    const opening = openUserDatabase(USER, neighbours);
    await vi.waitFor(() => expect(told).toEqual(['blocked']));
    old.close();
    expect((await (await opening).load()).outbox.size).toBe(golden.outbox.length);
  });

  it('let a newer one have the database, and say so', async () => {
    const told: string[] = [];
    await openUserDatabase(USER, { onBlocked: () => {}, onSuperseded: () => told.push('superseded') });
    const newer = await openDB(databaseName(USER), VERSION + 1);
    expect(told).toEqual(['superseded']);
    await expect(openUserDatabase(USER)).rejects.toEqual(new UpgradeFailed('superseded'));
    newer.close();
  });
});
