/** One user's open store: what the database holds, what shows of it, and the one way to change it. */
import { Stale, StorageFull, type Database } from '../database/database';
import { applyWrites, type Change } from '../outbox/change';
import { dropDownloads } from '../outbox/files';
import type { Rules } from '../outbox/replay';
import { emptyTables, type Tables, type Write } from '../outbox/tables';
import { ShownRecords } from './shownRecords';
import { touchedRoots } from './touched';

export class Workspace {
  readonly shown: ShownRecords;
  /** Never altered in place. */
  tables = $state.raw<Tables>(emptyTables());
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    rules: Rules,
    private readonly tellOthers: (writes: Write[], revision: number) => void,
  ) {
    this.shown = new ShownRecords(rules);
  }

  async load(): Promise<void> {
    this.adopt(await this.database.load(), null);
  }

  /** Computes a change from the newest tables and stores it, null being none; again if another tab was faster. */
  transact<C extends Change | null>(compute: (tables: Tables) => C): Promise<C> {
    const result = this.queue.then(() => this.attempt(compute));
    this.queue = result.catch(() => {});
    return result;
  }

  bytes(sha256: string): Promise<Blob | null> {
    return this.database.bytes(sha256);
  }

  /** A hint from another tab: take its writes over, or read everything if some were missed. */
  async hear(writes: Write[], revision: number): Promise<void> {
    const mine = this.tables.meta.revision;
    if (revision <= mine) return;
    if (revision === mine + 1) this.adopt(applyWrites(this.tables, writes), touchedRoots(this.tables, writes));
    else await this.load();
  }

  close(): void {
    this.shown.clear();
    this.database.close();
  }

  private async attempt<C extends Change | null>(compute: (tables: Tables) => C): Promise<C> {
    for (;;) {
      const change = compute(this.tables);
      if (change === null) return change;
      try {
        await this.store(change);
        return change;
      } catch (error) {
        if (error instanceof Stale) await this.load();
        else if (!(error instanceof StorageFull && (await this.makeRoom()))) throw error;
      }
    }
  }

  private async store(change: Change): Promise<void> {
    await this.database.commit(change.writes, change.revision);
    this.adopt(change.tables, touchedRoots(this.tables, change.writes));
    this.tellOthers(withoutBytes(change.writes), change.tables.meta.revision);
  }

  /** True if downloaded bytes could be let go: new work counts more than pictures that the server has. */
  private async makeRoom(): Promise<boolean> {
    const change = dropDownloads(this.tables);
    if (change === null) return false;
    await this.store(change);
    return true;
  }

  private adopt(tables: Tables, roots: Set<string> | null): void {
    this.tables = tables;
    this.shown.update(tables, roots);
  }
}

function withoutBytes(writes: Write[]): Write[] {
  return writes.filter((write) => !('bytes' in write));
}
