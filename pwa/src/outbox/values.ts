/** Refuses, before "saved here", what the server would refuse for its form: values without a canonical form. */
import type { Value } from './operation';

const DEEPEST = 24;

export type BadValue = 'not_text' | 'not_integer' | 'too_deep' | 'unknown_kind';

export class InvalidValue extends Error {
  constructor(readonly reason: BadValue) {
    super(reason);
  }
}

/** The canonical value: NFC text, whole numbers within 2^53, absent as null. */
export function normalise(value: unknown, depth = 0): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return normaliseText(value);
  if (typeof value === 'number') return wholeNumber(value);
  if (depth >= DEEPEST) throw new InvalidValue('too_deep');
  if (Array.isArray(value)) return value.map((item) => normalise(item, depth + 1));
  if (isPlain(value)) return normaliseMembers(value, depth);
  throw new InvalidValue('unknown_kind');
}

function normaliseMembers(value: object, depth: number): Value {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [normaliseText(name), normalise(member, depth + 1)]));
}

function normaliseText(text: string): string {
  if (!text.isWellFormed() || text.includes('\0')) throw new InvalidValue('not_text');
  return text.normalize('NFC');
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new InvalidValue('not_integer');
  return value === 0 ? 0 : value;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}
