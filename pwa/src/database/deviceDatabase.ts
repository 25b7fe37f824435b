/** What the device itself remembers: its id, who used it, and who may look at it now. No user's work is in here. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A user who signed in on this device at least once. */
export interface RememberedUser {
  id: string;
  name: string;
  username: string;
  roles: string[];
  branch: string;
}

export interface DeviceState {
  /** Given by the server at the first sign-in. */
  device: string | null;
  /** Whose data may be shown and sent: set only by signing in, cleared by signing out. */
  current: RememberedUser | null;
}

interface DeviceSchema extends DBSchema {
  device: { key: 'state'; value: DeviceState };
}

export interface DeviceDatabase {
  /** null: this browser has never been used, or its data was removed. */
  read(): Promise<DeviceState | null>;
  write(state: DeviceState): Promise<void>;
}

export async function openDeviceDatabase(): Promise<DeviceDatabase> {
  const connection = await openDB<DeviceSchema>('huizhi-device', 1, {
    upgrade: (database) => void database.createObjectStore('device'),
  });
  return {
    read: async () => (await connection.get('device', 'state')) ?? null,
    write: (state) => writeState(connection, state),
  };
}

async function writeState(connection: IDBPDatabase<DeviceSchema>, state: DeviceState): Promise<void> {
  const writing = connection.transaction('device', 'readwrite', { durability: 'strict' });
  await Promise.all([writing.store.put(state, 'state'), writing.done]);
}
