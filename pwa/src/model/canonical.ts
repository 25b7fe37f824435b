/** RFC 8785 canonical JSON for null, booleans, integers, strings, lists and objects, and its SHA-256. */
import { sha256 } from './sha256';

const DEEPEST = 24;

export class NotCanonical extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** The canonical text; throws NotCanonical for a value that has none. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return integer(value);
  if (depth >= DEEPEST) throw new NotCanonical('too_deep');
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return members(value as Record<string, unknown>, depth);
  throw new NotCanonical(typeof value);
}

/** SHA-256 of the canonical form, 64 lower-case hex digits. */
export function digest(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** JavaScript sorts by UTF-16 code units, which is the order RFC 8785 asks for. */
function members(value: Record<string, unknown>, depth: number): string {
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${text(name)}:${canonicalJson(value[name], depth + 1)}`).join(',')}}`;
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new NotCanonical('lone_surrogate');
  return JSON.stringify(value);
}

function integer(value: number): string {
  if (!Number.isInteger(value)) throw new NotCanonical('float');
  if (!Number.isSafeInteger(value)) throw new NotCanonical('integer_too_large');
  return String(value === 0 ? 0 : value);
}
