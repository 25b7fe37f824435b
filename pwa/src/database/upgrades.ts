/** How the stores came to be, one step per version: a step that was released is never edited. */
import type { DBSchema, IDBPDatabase } from 'idb';
import type { FileRow, Judged, Meta, Waiting } from '../outbox/tables';
import type { Row } from '../outbox/operation';

export interface UserSchema extends DBSchema {
  records: { key: string; value: Row };
  shadow: { key: string; value: Row };
  outbox: { key: string; value: Waiting };
  overlay: { key: string; value: Judged };
  archive: { key: string; value: Judged };
  files: { key: string; value: FileRow };
  bytes: { key: string; value: Blob };
  meta: { key: 'meta'; value: Meta };
}

const STEPS: ((database: IDBPDatabase<UserSchema>) => void)[] = [createStores];

export const VERSION = STEPS.length;

export function upgrade(database: IDBPDatabase<UserSchema>, from: number): void {
  for (const step of STEPS.slice(from)) step(database);
}

function createStores(database: IDBPDatabase<UserSchema>): void {
  for (const store of ['records', 'shadow'] as const) database.createObjectStore(store, { keyPath: 'id' });
  for (const store of ['outbox', 'overlay', 'archive'] as const) {
    database.createObjectStore(store, { keyPath: 'operation.id' });
  }
  database.createObjectStore('files', { keyPath: 'sha256' });
  database.createObjectStore('bytes');
  database.createObjectStore('meta');
}
