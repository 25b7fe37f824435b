import { beforeEach, describe, expect, it } from 'vitest';
import { StorageFull } from '../database/database';
import { MemoryDatabase } from '../database/memoryDatabase';
import { digest } from '../model/canonical';
import { appendDraft, setDraft, signDraft } from './drafts';
import { fieldService } from './fieldService';
import { operationId, recordId } from './ids';
import { save, type Saver } from './save';
import type { Draft, NewPhoto, Shown } from './types';
import { Workspace } from './workspace.svelte';

const NOW = Date.parse('2026-11-22T08:00:00.000Z');
const ORDER = recordId(NOW);
const note = (text: unknown): Draft => appendDraft('note', recordId(NOW), ORDER, { text });

let database: MemoryDatabase;
let saver: Saver;
beforeEach(async () => {
  database = new MemoryDatabase();
  const workspace = new Workspace(database, fieldService.rules, () => {});
  await workspace.load();
  saver = { workspace, trade: fieldService, user: recordId(NOW), now: NOW, newId: operationId };
});

const tryTo = (drafts: Draft[], photos: NewPhoto[] = []) =>
  save(saver, drafts, photos).catch((error: unknown) => error);
const stored = async () => [...(await database.load()).outbox.values()].map((row) => row.operation);

describe('saved on this device', () => {
  it('is said after the operation is stored', async () => {
    await save(saver, [note('hello')], []);
    expect(await stored()).toMatchObject([{ n: 1, do: 'append', append: { values: { text: 'hello' } } }]);
  });

  it('covers several changes as one group', async () => {
    await save(saver, [note('a'), note('b')], []);
    const [first, second] = await stored();
    expect(first?.group).toEqual({ id: second?.group?.id, of: 2 });
  });

  it('stores canonical values: composed text, sorted sets', async () => {
    await save(saver, [note('e\u0301')], []);
    expect((await stored())[0]?.append).toEqual({ values: { text: '\u00e9' } });
  });

  it('queues a photo under the root of its record', async () => {
    const blob = new Blob(['pixels'], { type: 'image/jpeg' });
    const values = { sha256: 'a'.repeat(64), size: blob.size, media_type: 'image/jpeg', slot: 'before' };
    await save(saver, [appendDraft('photo', recordId(NOW), ORDER, values)], [{ sha256: values.sha256, blob }]);
    expect((await database.load()).files.get(values.sha256)).toMatchObject({ root: ORDER, state: 'queued' });
    expect(await (await database.bytes(values.sha256))?.text()).toBe('pixels');
  });

  it('remembers the hash of the last statement signed here', async () => {
    const statement = { document: 'acceptance', act: 'accept', shown: '完成' };
    await save(saver, [signDraft(recordId(NOW), ORDER, statement, [[1, 2, 0]])], []);
    expect((await database.load()).meta.previousStatement).toBe(digest(statement));
  });
});

describe('nothing is saved, and the form keeps its input', () => {
  it.each([
    ['text that cannot be stored', () => note('\ud800'), 'invalid'],
    ['a missing field', () => appendDraft('note', recordId(NOW), ORDER, {}), 'invalid'],
    [
      'a field nobody knows',
      () => setDraft({ type: 'site', id: ORDER, root: ORDER, data: {} } as Shown, { colour: 1 }),
      'invalid',
    ],
    ['a change this record does not take', () => ({ ...note('a'), do: 'move' as const }), 'invalid'],
    ['a statement that would be altered', () => signDraft(recordId(NOW), ORDER, { act: 'e\u0301' }, []), 'invalid'],
  ])('for %s', async (_what, draft, code) => {
    expect(await tryTo([draft()])).toMatchObject({ name: 'SaveError', code });
    expect(await stored()).toEqual([]);
  });

  it('for more changes at once than the server takes as one group', async () => {
    expect(await tryTo(Array.from({ length: 51 }, () => note('a')))).toMatchObject({ code: 'too_large' });
  });

  it('when the device is full', async () => {
    database.commit = () => Promise.reject(new StorageFull());
    expect(await tryTo([note('a')])).toMatchObject({ code: 'storage_full' });
    expect(saver.workspace.tables.outbox.size).toBe(0);
  });
});
