/** The words of the protocol as TypeScript: operations, answers and rows, exactly as they travel. */

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Data = Record<string, Value>;

export type Do =
  'create' | 'set' | 'transition' | 'append' | 'move' | 'sign' | 'resolve' | 'unpark' | 'dismiss' | 'hide' | 'restore';

/** Where the author's device stood when he acted: taken from the last applied response. */
export interface Seen {
  epoch: string;
  position: number;
  at: string;
}

export interface Group {
  id: string;
  of: number;
}

interface OperationHead {
  id: string;
  n: number;
  by: string;
  /** Absent, or null in older operations, if it stands alone. */
  group?: Group | null;
  at: string;
  seen: Seen | null;
  schema: number;
  type: string;
  record: string;
  root: string;
  base: number;
}

/** Never altered after it was made; the body stands under the name of its `do`. */
export type Operation = OperationHead & { do: Do } & Partial<Record<Do, unknown>>;

export type Verdict = 'applied' | 'conflicted' | 'parked';

export interface Answer {
  id: string;
  verdict?: Verdict;
  seq?: number;
  conflicts?: string[];
  code?: string;
  detail?: Data;
  held?: 'reset' | 'group' | 'time';
}

/** One confirmed row as the server holds it. */
export interface Row {
  type: string;
  id: string;
  root: string;
  version: number;
  data: Data;
  disputed?: string[];
  /** Fields whose live value came from somebody who no longer had the root. */
  late?: string[];
  gone?: boolean;
  /** Its personal data was erased on request. */
  erased?: boolean;
}

export interface Left {
  root: string;
  why: string;
}

export interface SyncRequest {
  protocol: number;
  schema: number;
  app: string;
  request: string;
  epoch: string | null;
  clock: { now: string; uptime_ms: number };
  operations: Operation[];
  cursor: string | null;
  limit: number;
}

export interface SyncResponse {
  protocol: number;
  request: string;
  epoch: string;
  now: string;
  next_sync_ms: number;
  answers: Answer[];
  left: Left[];
  entered: string[];
  changes: Row[];
  want: string[];
  through: number;
  safe: number;
  cursor: string;
  more: boolean;
  reset: 'epoch' | 'ahead' | 'horizon' | null;
}
