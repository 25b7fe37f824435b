/** The database port in memory: the model that IndexedDB is compared with, and the store of simulated devices. */
import { applyWrites } from '../outbox/change';
import { emptyTables, type Tables, type Write } from '../outbox/tables';
import { Stale, type Database } from './database';

export class MemoryDatabase implements Database {
  private tables: Tables = emptyTables();
  private readonly blobs = new Map<string, Blob>();

  load(): Promise<Tables> {
    return Promise.resolve(structuredClone(this.tables));
  }

  commit(writes: Write[], revision: number): Promise<void> {
    if (revision !== this.tables.meta.revision) return Promise.reject(new Stale());
    this.tables = applyWrites(this.tables, structuredClone(writes));
    for (const write of writes) if ('bytes' in write) this.keepBytes(write.bytes, write.blob);
    return Promise.resolve();
  }

  bytes(sha256: string): Promise<Blob | null> {
    return Promise.resolve(this.blobs.get(sha256) ?? null);
  }

  close(): void {}

  private keepBytes(sha256: string, blob: Blob | null): void {
    if (blob === null) this.blobs.delete(sha256);
    else this.blobs.set(sha256, blob);
  }
}
