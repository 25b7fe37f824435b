import { describe, expect, it } from 'vitest';
import { StorageFull } from '../database/database';
import { MemoryDatabase } from '../database/memoryDatabase';
import { note, operation, ORDER, PLAIN_RULES, row } from '../outbox/builders';
import { Change } from '../outbox/change';
import { keepDownloaded } from '../outbox/files';
import { saveWork } from '../outbox/make';
import type { Tables, Write } from '../outbox/tables';
import { Workspace } from './workspace.svelte';

const none = () => {};
const holding = (tables: Tables) => {
  const change = new Change(tables);
  change.put('records', row({ id: ORDER, data: { fault: 'No heat' } }));
  return change;
};
const edit = (id: string, n: number) => (tables: Tables) => saveWork(tables, [operation({ id, n })], [], null);

async function open(database: MemoryDatabase, tell: (writes: Write[], revision: number) => void = none) {
  const workspace = new Workspace(database, PLAIN_RULES, tell);
  await workspace.load();
  return workspace;
}

describe('a store', () => {
  it('shows what was saved once it is stored', async () => {
    const workspace = await open(new MemoryDatabase());
    await workspace.transact(holding);
    await workspace.transact(edit('a', 1));
    expect(workspace.shown.get('work_order', ORDER)).toMatchObject({ data: { fault: 'a' }, honest: 'saved' });
  });

  it('shows the same after it was closed and opened', async () => {
    const database = new MemoryDatabase();
    const before = await open(database);
    await before.transact(holding);
    await before.transact(edit('a', 1));
    expect((await open(database)).shown.all('work_order')).toEqual(before.shown.all('work_order'));
  });

  it('keeps what shows when storing fails', async () => {
    const database = new MemoryDatabase();
    const workspace = await open(database);
    database.commit = () => Promise.reject(new Error('broken'));
    await expect(workspace.transact(holding)).rejects.toThrow('broken');
    expect(workspace.shown.all('work_order')).toEqual([]);
  });

  it('lets downloaded pictures go when new work finds no room', async () => {
    const database = new MemoryDatabase();
    const workspace = await open(database);
    await workspace.transact((tables) => keepDownloaded(tables, 'x', new Blob(['pixels']), ORDER));
    const commit = database.commit.bind(database);
    const full = () => workspace.tables.files.has('x');
    database.commit = (writes, revision) =>
      full() && writes.some((write) => 'put' in write) ? Promise.reject(new StorageFull()) : commit(writes, revision);
    await workspace.transact(edit('a', 1));
    expect([...workspace.tables.outbox.keys()]).toEqual(['a']);
    expect(await database.bytes('x')).toBeNull();
  });

  it('stores changes one after the other, in the order they were asked for', async () => {
    const workspace = await open(new MemoryDatabase());
    await Promise.all([1, 2, 3].map((n) => workspace.transact(edit(`o${n}`, n))));
    expect([...workspace.tables.outbox.keys()]).toEqual(['o1', 'o2', 'o3']);
  });
});

describe('two tabs', () => {
  it('that write at once both keep their work, with numbers of their own', async () => {
    const database = new MemoryDatabase();
    const [first, second] = [await open(database), await open(database)];
    const act = (id: string) => (tables: Tables) => saveWork(tables, [note(id, tables.meta.n + 1)], [], null);
    await first.transact(act('a'));
    await second.transact(act('b'));
    const stored = await database.load();
    expect([...stored.outbox.values()].map(({ operation }) => operation.n)).toEqual([1, 2]);
  });

  it('see what the other wrote by the hint, or by reading everything after a missed one', async () => {
    const database = new MemoryDatabase();
    const hints: [Write[], number][] = [];
    const writer = await open(database, (...hint) => hints.push(hint));
    const [next, late] = [await open(database), await open(database)];
    await writer.transact(holding);
    await writer.transact(edit('a', 1));
    for (const hint of hints) await next.hear(...hint);
    await late.hear(...(hints[1] as [Write[], number]));
    expect(next.tables).toEqual(writer.tables);
    expect(late.shown.get('work_order', ORDER)?.data).toEqual({ fault: 'a' });
  });
});
