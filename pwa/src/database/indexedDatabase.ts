/** The database port on IndexedDB: one database per server and user, every write with strict durability. */
import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { emptyTables, keyOf, TABLES, type Meta, type TableName, type Tables, type Write } from '../outbox/tables';
import { Stale, StorageFull, UpgradeFailed, type Database } from './database';
import { upgrade, VERSION, type UserSchema } from './upgrades';

type Stores = (typeof ALL)[number][];
type Writing = IDBPTransaction<UserSchema, Stores, 'readwrite'>;

const ALL = [...TABLES, 'bytes', 'meta'] as const;

/** The origin is the server: IndexedDB already keeps servers apart, the name keeps users apart. */
export function databaseName(user: string): string {
  return `huizhi-user-${user}`;
}

export interface Neighbours {
  /** An older version of the app in another tab keeps the database; this one goes on once that tab is closed. */
  onBlocked(): void;
  /** A newer version in another tab waits for this connection: it has been closed. */
  onSuperseded(): void;
}

const ALONE: Neighbours = { onBlocked: () => {}, onSuperseded: () => {} };

export async function openUserDatabase(user: string, neighbours: Neighbours = ALONE): Promise<Database> {
  const failure: { cause?: unknown } = {};
  try {
    const connection = await openDB<UserSchema>(databaseName(user), VERSION, {
      upgrade: (database, from, _to, upgrading) => void upgradeWhole(database, from, upgrading, failure),
      blocked: () => neighbours.onBlocked(),
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
        neighbours.onSuperseded();
      },
    });
    return new IndexedDatabase(connection);
  } catch (error) {
    throw new UpgradeFailed(reasonOf(failure.cause ?? error));
  }
}

/** The browser would commit what was written before an exception between two requests. */
async function upgradeWhole(
  database: Parameters<typeof upgrade>[0],
  from: number,
  upgrading: Parameters<typeof upgrade>[2],
  failure: { cause?: unknown },
): Promise<void> {
  upgrading.done.catch(() => {});
  try {
    await upgrade(database, from, upgrading);
  } catch (error) {
    failure.cause = error;
    await undo(upgrading);
  }
}

function reasonOf(error: unknown): UpgradeFailed['reason'] {
  if (isNamed(error, 'QuotaExceededError')) return 'full';
  return isNamed(error, 'VersionError') ? 'superseded' : 'failed';
}

class IndexedDatabase implements Database {
  constructor(private readonly connection: IDBPDatabase<UserSchema>) {}

  /** One read transaction: the tables are those of one moment. */
  async load(): Promise<Tables> {
    const reading = this.connection.transaction([...TABLES, 'meta'], 'readonly');
    const tables = emptyTables();
    const fill = async (table: TableName) => {
      const rows = await reading.objectStore(table).getAll();
      Object.assign(tables, { [table]: new Map(rows.map((row) => [keyOf(table, row as never), row])) });
    };
    const meta = reading.objectStore('meta').get('meta');
    await Promise.all(TABLES.map(fill));
    return { ...tables, meta: { ...tables.meta, ...(await meta) } };
  }

  async commit(writes: Write[], revision: number): Promise<void> {
    // Browsers default to relaxed durability: the promise would resolve before the bytes are flushed.
    const writing = this.connection.transaction(ALL as unknown as Stores, 'readwrite', { durability: 'strict' });
    try {
      const meta = { ...emptyTables().meta, ...(await writing.objectStore('meta').get('meta')) };
      if (meta.revision !== revision) throw new Stale();
      await Promise.all([...writes.map((write) => perform(writing, write)), saveMeta(writing, meta, writes)]);
      await writing.done;
    } catch (error) {
      await undo(writing);
      throw [error, writing.error].some((one) => isNamed(one, 'QuotaExceededError')) ? new StorageFull() : error;
    }
  }

  async bytes(sha256: string): Promise<Blob | null> {
    return (await this.connection.get('bytes', sha256)) ?? null;
  }

  close(): void {
    this.connection.close();
  }
}

async function perform(writing: Writing, write: Write): Promise<unknown> {
  if ('bytes' in write) return keepBytes(writing, write.bytes, write.blob);
  if (!('table' in write)) return undefined;
  const store = writing.objectStore(write.table);
  if ('put' in write) return store.put(write.put as never);
  return 'remove' in write ? store.delete(write.remove) : store.clear();
}

function keepBytes(writing: Writing, sha256: string, blob: Blob | null): Promise<unknown> {
  const store = writing.objectStore('bytes');
  return blob === null ? store.delete(sha256) : store.put(blob, sha256);
}

async function saveMeta(writing: Writing, stored: Meta, writes: Write[]): Promise<unknown> {
  const meta = writes.reduce((sum, write) => ('meta' in write ? { ...sum, ...write.meta } : sum), stored);
  return writing.objectStore('meta').put(meta, 'meta');
}

/** A failed put need not have aborted the transaction: without this, half of it would be committed. */
async function undo(writing: Pick<Writing, 'abort' | 'done'>): Promise<void> {
  try {
    writing.abort();
  } catch {
    // It has ended already.
  }
  await writing.done.catch(() => {});
}

/** Chromium gives QuotaExceededError as DOMException, newer engines as an error class of that name. */
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Object && 'name' in error && error.name === name;
}
