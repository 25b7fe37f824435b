/** What a device keeps for one user: the tables, their rows, and the writes that change them. */

import type { Data, Operation, Row, Seen, Verdict } from './operation';

/** Work without a verdict. `refused` is set when the server would not even read it: it needs a person. */
export interface Waiting {
  operation: Operation;
  bytes: number;
  refused: string | null;
}

/** An operation with its verdict: in the overlay until its effect is pulled, then in the archive. */
export interface Judged {
  operation: Operation;
  bytes: number;
  epoch: string;
  verdict: Verdict;
  seq: number;
  code: string | null;
  detail: Data | null;
  conflicts: string[];
  /** by the server's clock */
  judgedAt: number;
}

/**
 * Bytes on this device: `queued` must still be sent, `received` have the server's word for their hash,
 * `cached` were downloaded. `seq` is a commit that contains their arrival, by the server's word.
 */
export interface FileRow {
  sha256: string;
  root: string;
  size: number;
  type: string;
  offset: number;
  state: 'queued' | 'received' | 'cached';
  /** by the server's clock as last heard */
  receivedAt: number | null;
  seq: number | null;
}

export interface Meta {
  /** Counts transactions: a write computed from an older revision is refused (another tab was faster). */
  revision: number;
  epoch: string | null;
  cursor: string | null;
  seen: Seen | null;
  through: number;
  /** Pages of the last pull are still to come: the store mixes moments. */
  paging: boolean;
  safe: number;
  /** Counts operations of this device and user. */
  n: number;
  /** Roots that left this user while unsent work mentions them. */
  handedOver: string[];
  /** Hashes the server asked for in the last response. */
  want: string[];
  /** A snapshot after a reset fills the shadow table under its own cursor. */
  shadow: { epoch: string; cursor: string } | null;
  previousStatement: string | null;
  lastExchangeAt: number | null;
  clockOffsetMs: number | null;
}

export interface Tables {
  records: Map<string, Row>;
  shadow: Map<string, Row>;
  outbox: Map<string, Waiting>;
  overlay: Map<string, Judged>;
  archive: Map<string, Judged>;
  files: Map<string, FileRow>;
  meta: Meta;
}

export type TableName = Exclude<keyof Tables, 'meta'>;
export type RowOf<T extends TableName> = Tables[T] extends Map<string, infer R> ? R : never;

export type Write =
  | { [T in TableName]: { table: T; put: RowOf<T> } }[TableName]
  | { table: TableName; remove: string }
  | { table: TableName; clear: true }
  | { bytes: string; blob: Blob | null }
  | { meta: Partial<Meta> };

export const TABLES = ['records', 'shadow', 'outbox', 'overlay', 'archive', 'files'] as const;

const KEYS: { [T in TableName]: (row: RowOf<T>) => string } = {
  records: (row) => row.id,
  shadow: (row) => row.id,
  outbox: (row) => row.operation.id,
  overlay: (row) => row.operation.id,
  archive: (row) => row.operation.id,
  files: (row) => row.sha256,
};

export function keyOf<T extends TableName>(table: T, row: RowOf<T>): string {
  return KEYS[table](row);
}

export function emptyTables(): Tables {
  return {
    records: new Map(),
    shadow: new Map(),
    outbox: new Map(),
    overlay: new Map(),
    archive: new Map(),
    files: new Map(),
    meta: {
      revision: 0,
      epoch: null,
      cursor: null,
      seen: null,
      through: 0,
      paging: false,
      safe: 0,
      n: 0,
      handedOver: [],
      want: [],
      shadow: null,
      previousStatement: null,
      lastExchangeAt: null,
      clockOffsetMs: null,
    },
  };
}
