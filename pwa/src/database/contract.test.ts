import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { device, file, judged, note, ORDER, row } from '../outbox/builders';
import { applyWrites, Change } from '../outbox/change';
import { emptyTables, type Write } from '../outbox/tables';
import { Stale, type Database } from './database';
import { openUserDatabase } from './indexedDatabase';
import { MemoryDatabase } from './memoryDatabase';

/** Opening twice shows the same data: the memory version is its own disk. */
const IMPLEMENTATIONS: [string, () => () => Promise<Database>][] = [
  [
    'memory',
    () =>
      (
        (memory) => () =>
          Promise.resolve(memory)
      )(new MemoryDatabase()),
  ],
  ['IndexedDB', () => () => openUserDatabase('user-1')],
];

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));

const writesOf = (fill: (change: Change) => void): Write[] => {
  const change = new Change(emptyTables());
  fill(change);
  return change.writes;
};

describe.each(IMPLEMENTATIONS)('a database in %s', (_name, make) => {
  it('starts empty', async () => {
    expect(await (await make()()).load()).toEqual(emptyTables());
  });

  it('gives back every table after it was closed and opened', async () => {
    const open = make();
    const filled = device({
      records: [row({ id: ORDER })],
      outbox: [note('a', 1)],
      overlay: [judged(note('b', 2))],
      archive: [note('c', 3)],
      files: [file('x')],
    });
    const first = await open();
    await first.commit(
      writesOf((change) => copyInto(change, filled)),
      0,
    );
    first.close();
    const { meta, ...tables } = await (await open()).load();
    const { meta: _, ...expected } = filled;
    expect(tables).toEqual(expected);
    expect(meta).toMatchObject({ cursor: 'cursor-1', n: 100, revision: 1 });
  });

  it('keeps the bytes of files, and lets them go', async () => {
    const database = await make()();
    await database.commit(
      writesOf((change) => change.bytes('x', new Blob(['pixels']))),
      0,
    );
    expect(await (await database.bytes('x'))?.text()).toBe('pixels');
    await database.commit([{ bytes: 'x', blob: null }, { meta: { revision: 2 } }], 1);
    expect(await database.bytes('x')).toBeNull();
  });

  it('refuses writes that were computed from an older state, and keeps none of them', async () => {
    const database = await make()();
    const writes = writesOf((change) => change.put('records', row({ id: 'a' })));
    await database.commit(writes, 0);
    await expect(
      database.commit(
        writesOf((change) => change.put('records', row({ id: 'b' }))),
        0,
      ),
    ).rejects.toThrow(Stale);
    expect([...(await database.load()).records.keys()]).toEqual(['a']);
  });

  it('does what the writes say, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write()), async (writes) => {
        globalThis.indexedDB = new IDBFactory();
        const database = await make()();
        await database.commit([...writes, { meta: { revision: 1 } }], 0);
        expect(await database.load()).toEqual(applyWrites(emptyTables(), [...writes, { meta: { revision: 1 } }]));
        database.close();
      }),
      { numRuns: 40 },
    );
  });
});

function copyInto(change: Change, tables: ReturnType<typeof device>): void {
  for (const table of ['records', 'outbox', 'overlay', 'archive', 'files'] as const) {
    for (const one of tables[table].values()) change.put(table, one as never);
  }
  const { cursor, n } = tables.meta;
  change.meta({ cursor, n });
}

function write(): fc.Arbitrary<Write> {
  const id = fc.constantFrom('a', 'b', 'c');
  const table = fc.constantFrom('records', 'shadow');
  return fc.oneof(
    fc.record({ table, put: id.chain((one) => fc.nat(9).map((version) => row({ id: one, version }))) }),
    fc.record({ table, remove: id }),
    fc.record({ table, clear: fc.constant(true) }),
    fc.record({ meta: fc.record({ n: fc.nat(9) }) }),
  ) as fc.Arbitrary<Write>;
}
