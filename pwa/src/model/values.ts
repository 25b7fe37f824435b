/** The one canonical form of every value, checked before "saved here" as the server will check it. */
import { canonicalJson, NotCanonical } from './canonical';
import { isDecimal, withScale } from './decimal';
import { fieldRule, model, type Shape } from './exported';

export class InvalidField extends Error {
  constructor(
    readonly reason: string,
    readonly member: string | null = null,
  ) {
    super(reason);
  }
}

const RECORD_ID = /^[0-9a-f-]{32,64}$/;
const PATTERNS: Record<string, RegExp> = {
  sha256: /^[0-9a-f]{64}$/,
  reference: RECORD_ID,
  location: /^(van|asset|warehouse):[0-9a-f-]{32,64}$/,
  day: /^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/,
};

type Canonical = (value: never, shape: Shape) => unknown;

/** The canonical value; null means absent. Throws InvalidField. */
export function canonicalValue(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const pattern = PATTERNS[shape.kind];
  if (!pattern) return (KINDS[shape.kind] as Canonical)(value as never, shape);
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new InvalidField(`not_${shape.kind}`);
}

export function canonicalField(type: string, field: string, value: unknown): unknown {
  const rule = fieldRule(type, field);
  if (!rule) throw new InvalidField('unknown_field');
  return canonicalValue(rule, value);
}

const KINDS: Record<string, Canonical> = {
  text: canonicalText,
  integer: canonicalInteger,
  instant: canonicalInteger,
  money: canonicalInteger,
  decimal: (value: unknown, shape) => {
    if (typeof value !== 'string') throw new InvalidField('not_text');
    if (!isDecimal(value)) throw new InvalidField('not_decimal');
    return demand(withScale(value, shape.scale ?? null), 'too_precise');
  },
  flag: (value: unknown) => demand(typeof value === 'boolean' ? value : undefined, 'not_flag'),
  code: (value: unknown, shape) => {
    const known = typeof value === 'string' && Object.hasOwn(model.enums[shape.enum ?? ''] ?? {}, value);
    return demand(known ? value : undefined, 'unknown_code');
  },
  set: (value: unknown, shape) => {
    const members = new Set(listed(value, shape).map((one) => demandMember(shape.of as Shape, one) as string));
    return members.size > 0 ? [...members].sort() : null;
  },
  list: (value: unknown, shape) => listed(value, shape).map((one) => demandMember(shape.of as Shape, one)),
  struct: canonicalStruct,
  json: canonicalAny,
};

function canonicalText(value: unknown, shape: Shape): string | null {
  if (typeof value !== 'string') throw new InvalidField('not_text');
  if (!value.isWellFormed()) throw new InvalidField('lone_surrogate');
  if (value.includes('\0')) throw new InvalidField('nul_character');
  const text = value.normalize('NFC');
  if ([...text].length > (shape.longest ?? Infinity)) throw new InvalidField('too_long');
  return text || null;
}

function canonicalInteger(value: unknown, shape: Shape): number {
  if (!Number.isInteger(value)) throw new InvalidField('not_integer');
  const { least = -Infinity, most = Infinity } = shape;
  const number = value as number;
  if (number < least || number > most) throw new InvalidField('out_of_range');
  return number === 0 ? 0 : number;
}

function canonicalStruct(value: unknown, shape: Shape): Record<string, unknown> {
  if (typeof value !== 'object' || Array.isArray(value)) throw new InvalidField('not_struct');
  const members = shape.members ?? {};
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) throw new InvalidField('unknown_member', unknown);
  return Object.fromEntries(
    Object.entries(members).map(([name, one]) => [name, canonicalMember(name, one, given[name])]),
  );
}

function canonicalMember(name: string, shape: Shape, value: unknown): unknown {
  try {
    const canonical = canonicalValue(shape, value);
    if (canonical === null && shape.required) throw new InvalidField('missing_member');
    return canonical;
  } catch (error) {
    throw error instanceof InvalidField ? new InvalidField(error.reason, name) : error;
  }
}

function canonicalAny(value: unknown, shape: Shape): unknown {
  try {
    const size = new TextEncoder().encode(canonicalJson(value)).length;
    return demand(size <= (shape.largest ?? Infinity) ? value : undefined, 'too_long');
  } catch (error) {
    throw error instanceof NotCanonical ? new InvalidField(error.reason) : error;
  }
}

function listed(value: unknown, shape: Shape): unknown[] {
  if (!Array.isArray(value)) throw new InvalidField('not_list');
  if (value.length > (shape.most ?? Infinity)) throw new InvalidField('too_many');
  return value;
}

function demandMember(shape: Shape, value: unknown): unknown {
  return demand(canonicalValue(shape, value) ?? undefined, 'null_member');
}

function demand<T>(value: T | undefined, reason: string): T {
  if (value === undefined) throw new InvalidField(reason);
  return value;
}
