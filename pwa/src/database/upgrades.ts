/** How the stores came to be, one step per version: a step that was released is never edited. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { FileRow, Judged, Meta, Waiting } from '../outbox/tables';
import type { Data, Row } from '../outbox/operation';
import { policyNamesUnits, ratingSaysDeclined } from '../model/upcasts';

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

type Upgrading = IDBPTransaction<UserSchema, StoreNames<UserSchema>[], 'versionchange'>;
type Step = (database: IDBPDatabase<UserSchema>, upgrading: Upgrading) => Promise<void>;

const STEPS: Step[] = [createStores, sayInWordsOfToday];

export const VERSION = STEPS.length;

/** All steps or none: whatever goes wrong leaves the stores as they were. Operations are never altered. */
export async function upgrade(database: IDBPDatabase<UserSchema>, from: number, upgrading: Upgrading): Promise<void> {
  for (const step of STEPS.slice(from)) await step(database, upgrading);
}

async function createStores(database: IDBPDatabase<UserSchema>): Promise<void> {
  for (const store of ['records', 'shadow'] as const) database.createObjectStore(store, { keyPath: 'id' });
  for (const store of ['outbox', 'overlay', 'archive'] as const) {
    database.createObjectStore(store, { keyPath: 'operation.id' });
  }
  database.createObjectStore('files', { keyPath: 'sha256' });
  database.createObjectStore('bytes');
  database.createObjectStore('meta');
}

/** Schema 2: stored ratings and policies in the words of today, as the server rewords its own. */
async function sayInWordsOfToday(_database: IDBPDatabase<UserSchema>, upgrading: Upgrading): Promise<void> {
  for (const name of ['records', 'shadow'] as const) {
    const store = upgrading.objectStore(name);
    for (const row of await store.getAll()) {
      const reword = REWORDED[row.type];
      if (reword) await store.put({ ...row, data: reword(row.data) });
    }
  }
}

const REWORDED: Record<string, (data: Data) => Data> = {
  rating: ratingSaysDeclined,
  service_policy: policyNamesUnits,
};
