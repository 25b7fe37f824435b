/** What the screens see of the engine below them: one reactive object, and nothing else. */

import type { Draft } from '../outbox/make';
import type { Data, Operation } from '../outbox/operation';
import type { Honest } from '../outbox/states';

export type { Draft, Honest };

/** A record as it shows: confirmed, with overlay and outbox replayed on top. */
export interface Shown<T = Record<string, unknown>> {
  type: string;
  id: string;
  root: string;
  version: number;
  data: T;
  /** field -> id of its open conflict record */
  disputed: Record<string, string>;
  honest: Honest;
  /** fields whose live value came from somebody who no longer had the order */
  late?: string[];
  /** ids of the operations in outbox and overlay that are replayed on this record, in order */
  pending: string[];
  gone: boolean;
}

export interface NewPhoto {
  sha256: string;
  blob: Blob;
}

export interface Me {
  id: string;
  name: string;
  username: string;
  roles: string[];
  branch: string;
}

export interface SyncStatus {
  online: boolean;
  sending: boolean;
  /** false after a 401: reading and capturing go on, sending waits for a sign-in */
  signedIn: boolean;
  lastExchangeAt: number | null;
  /** operations without a verdict */
  waiting: number;
  photosWaiting: number;
  /** photos of this user that the server asks for and this device does not hold: another device may */
  photosMissing: number;
  needsYou: number;
  /** catalogue code of what keeps the last exchange from succeeding, for example `offline`, `portal`, `signed_out` */
  problem: string | null;
  allSynced: boolean;
}

/** What the outbox screen lists: work without a verdict, and work whose verdict needs a person. */
export interface OutboxItem {
  operation: Operation;
  honest: Honest;
  code: string | null;
  detail: Data | null;
  group: string | null;
}

export interface PhotoItem {
  sha256: string;
  root: string;
  size: number;
  uploaded: number;
  honest: Honest;
}

/** What a signed statement binds beside its content; the protocol leaves it to the app. */
export interface Evidence {
  records: { type: string; id: string; version: number }[];
  operations: string[];
  beacon: { epoch: string; position: number; at: string } | null;
  clock_offset_ms: number | null;
  device: string;
  user: string;
  previous: string | null;
  /** false while pages of a snapshot are still coming: no statement may be shown yet */
  complete: boolean;
}

export interface Storage {
  usage: number;
  quota: number;
  persisted: boolean;
}

export type SaveCode = 'storage_full' | 'invalid' | 'too_large' | 'storage_failed';

/** Nothing of this commit was saved; the form keeps its input. */
export class SaveError extends Error {
  constructor(
    readonly code: SaveCode,
    readonly detail: Data = {},
  ) {
    super(code);
    this.name = 'SaveError';
  }
}

/** Signing in failed: `offline`, `wrong_credentials`, `too_many`, `server_error`, ... */
export class SignInError extends Error {
  constructor(
    readonly code: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(code);
    this.name = 'SignInError';
  }
}

/** Why the store of this user cannot be opened; whatever it is, everything in it stays as it was. */
export type StoreProblem = 'full' | 'failed' | 'blocked' | 'superseded';

export interface App {
  /** null until somebody is remembered or signed in on this device */
  readonly me: Me | null;
  /** true once the local database is read: a screen painted before shows a blank, never "nothing to do" */
  readonly ready: boolean;
  readonly sync: SyncStatus;
  readonly outbox: OutboxItem[];
  readonly photos: PhotoItem[];
  /** roots that left this user but still have unsent work here: "handed over, still sending" */
  readonly handedOver: string[];
  /** a newer app shell waits; `update()` reloads into it */
  readonly updateReady: boolean;
  /** the remembered user has work here, but the store was emptied from outside (eviction, "clear data") */
  readonly localDataRemoved: boolean;
  readonly storeProblem: StoreProblem | null;

  all<T = Record<string, unknown>>(type: string): Shown<T>[];
  get<T = Record<string, unknown>>(type: string, id: string): Shown<T> | undefined;
  /** records of one root, the root itself excluded; removed ones only while unsent work changes them */
  children<T = Record<string, unknown>>(root: string, type?: string): Shown<T>[];
  /** records of one root that were removed (hidden): for the restore button */
  removed<T = Record<string, unknown>>(root: string, type?: string): Shown<T>[];
  /** the state of a root and all its records and photos: the one that asks most of a person */
  honest(root: string): Honest;

  /** Several drafts become one group. Resolves only after the strict transaction completed; rejects with SaveError. */
  commit(drafts: Draft[], photos?: NewPhoto[]): Promise<void>;
  /** The bytes from this device, else downloaded and kept, else null. */
  blob(sha256: string): Promise<Blob | null>;
  /** `also`: other roots whose records are shown beside (customer, site, asset) */
  evidence(root: string, also?: string[]): Evidence;

  syncNow(): void;
  /** Needs the network once; rejects with SignInError. */
  signIn(username: string, password: string): Promise<void>;
  /** Keeps outbox and store of this user on the device, shows them to nobody until he signs in again. */
  signOut(): Promise<void>;
  /** Everything unsent of this user as one JSON file, photos included. */
  exportUnsent(): Promise<Blob>;
  storage(): Promise<Storage>;
  update(): void;
  /** Tries once more what `storeProblem` kept from opening. */
  openAgain(): Promise<void>;
  now(): number;
  /** UUIDv7 for a new record. */
  newId(): string;
}
