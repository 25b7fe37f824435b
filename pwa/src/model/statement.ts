/** The statement a customer signs: a frozen snapshot of everything shown, as the server will hash it. */
import { canonicalJson, digest } from './canonical';

export type SignedDocument = 'acceptance' | 'quotation';
export type Act = 'accept' | 'accept_with_remarks' | 'refuse' | 'absent';

export interface Signer {
  name: string;
  role: string | null;
  phone: string | null;
  identified_by: string | null;
}

/** Integers, text and null only: the statement has to have a canonical form. */
export type Statement = {
  document: SignedDocument;
  act: Act;
  /** why the signer refuses or is not there; remarks of an acceptance with remarks */
  reason: string | null;
  signer: Signer;
  /** everything shown, in the order it was shown */
  content: unknown;
  records: { type: string; id: string; version: number }[];
  operations: string[];
  /** hashes of the photos shown */
  photos: string[];
  /** SHA-256 of the canonical strokes */
  ink: string;
  at: string;
  clock_offset_ms: number | null;
  beacon: { epoch: string; position: number; at: string } | null;
  place: { lat_e7: number; lon_e7: number; accuracy_m: number | null } | null;
  place_missing: string | null;
  locale: string;
  template: string;
  device: string;
  user: string;
  previous: string | null;
};

export function statementHash(statement: Statement): string {
  return digest(statement);
}

/** What the customer compares with his copy: the first 16 digits. */
export function shortHash(hash: string): string {
  return hash.slice(0, 16);
}

export function inkHash(ink: number[][]): string {
  return digest(ink);
}

/** Throws if the statement has no canonical form: nothing may be shown to a customer that cannot be hashed. */
export function frozen(statement: Statement): Statement {
  return JSON.parse(canonicalJson(statement)) as Statement;
}
