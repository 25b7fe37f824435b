import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { note, operation } from '../outbox/builders';
import { saveWork } from '../outbox/make';
import { emptyTables } from '../outbox/tables';
import { StorageFull } from './database';
import { openDeviceDatabase } from './deviceDatabase';
import { databaseName, openUserDatabase } from './indexedDatabase';

const OPERATIONS = [operation({ id: 'a', n: 1 }), note('b', 2)];
const PHOTO = { sha256: 'x', root: 'order-1', blob: new Blob(['pixels']) };
const saving = () => saveWork(emptyTables(), OPERATIONS, [PHOTO], null);

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
afterEach(() => vi.restoreAllMocks());

describe('durability', () => {
  it('is strict for every transaction that writes', async () => {
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const database = await openUserDatabase('user-1');
    await database.commit(saving().writes, 0);
    await (await openDeviceDatabase()).write({ device: 'd', current: null });
    const writing = opened.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writing).toHaveLength(2);
    for (const [, , options] of writing) expect(options).toEqual({ durability: 'strict' });
  });
});

describe('a full device', () => {
  const failPut = (nth: number) => {
    const put = IDBObjectStore.prototype.put;
    let count = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (++count === nth) throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, args);
    });
  };

  it.each([1, 2, 3, 4, 5])('acknowledges nothing and keeps nothing if write %i of 5 finds no room', async (nth) => {
    const database = await openUserDatabase('user-1');
    failPut(nth);
    await expect(database.commit(saving().writes, 0)).rejects.toThrow(StorageFull);
    expect(await database.load()).toEqual(emptyTables());
    expect(await database.bytes('x')).toBeNull();
  });

  it('saves again as soon as there is room', async () => {
    const database = await openUserDatabase('user-1');
    failPut(2);
    await expect(database.commit(saving().writes, 0)).rejects.toThrow(StorageFull);
    await database.commit(saving().writes, 0);
    expect((await database.load()).outbox.size).toBe(2);
  });
});

describe('two users of one device', () => {
  it('have databases of their own', async () => {
    const first = await openUserDatabase('user-1');
    await first.commit(saving().writes, 0);
    expect((await (await openUserDatabase('user-2')).load()).outbox.size).toBe(0);
    expect(databaseName('user-1')).not.toBe(databaseName('user-2'));
  });
});
