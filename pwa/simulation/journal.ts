/** A tablet's durable memory; it tells every write that was committed, so that others can hold the same. */
import { Change } from '../src/outbox/change';
import { TABLES, type Tables, type Write } from '../src/outbox/tables';
import type { Database } from '../src/database/database';
import { MemoryDatabase } from '../src/database/memoryDatabase';

export class Journal implements Database {
  private readonly database = new MemoryDatabase();
  private written: Write[] = [];

  load(): Promise<Tables> {
    return this.database.load();
  }

  async commit(writes: Write[], revision: number): Promise<void> {
    await this.database.commit(writes, revision);
    this.written.push(...writes.filter((write) => !('bytes' in write)));
  }

  bytes(sha256: string): Promise<Blob | null> {
    return this.database.bytes(sha256);
  }

  close(): void {}

  /** What was committed since this was asked last. */
  take(): Write[] {
    const taken = this.written;
    this.written = [];
    return taken;
  }

  /** The same content on another tablet. */
  async copy(): Promise<Journal> {
    const twin = new Journal();
    const tables = await this.load();
    const change = new Change(await twin.load());
    for (const table of TABLES) for (const row of tables[table].values()) change.put(table, row as never);
    for (const { sha256 } of tables.files.values()) change.bytes(sha256, await this.bytes(sha256));
    change.meta(tables.meta);
    await twin.database.commit(change.writes, change.revision);
    return twin;
  }
}
