/** The port: what the engine asks of the storage of one user. Memory and IndexedDB pass one contract suite. */
import type { Tables, Write } from '../outbox/tables';

export interface Database {
  /** Everything but the bytes of files. */
  load(): Promise<Tables>;
  /** All writes or none, durable when it resolves; rejects with Stale if the stored revision is another one. */
  commit(writes: Write[], revision: number): Promise<void>;
  bytes(sha256: string): Promise<Blob | null>;
  close(): void;
}

/** Another tab wrote first: load again and compute again. */
export class Stale extends Error {}

/** The device has no room for this; nothing of the transaction was kept. */
export class StorageFull extends Error {}

/** The stores could not be brought to this version of the app; they are as they were before. */
export class UpgradeFailed extends Error {
  constructor(readonly reason: 'full' | 'failed' | 'superseded') {
    super(reason);
  }
}
