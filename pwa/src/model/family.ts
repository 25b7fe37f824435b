/** An order and its records as the rules look at them. */

export type Data = Record<string, unknown>;

export interface Member {
  type: string;
  id: string;
  data: Data;
  gone: boolean;
}

export interface Family {
  root: Member | undefined;
  records: readonly Member[];
}

/** The records of one type that were not removed. */
export function of(family: Family, type: string): Member[] {
  return family.records.filter((record) => record.type === type && !record.gone);
}

/** The record made last, by its time-ordered id. */
export function newest(records: readonly Member[]): Member | undefined {
  return records.reduce<Member | undefined>((best, one) => (best && best.id > one.id ? best : one), undefined);
}

/** Absent and null are the same value. */
export function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The moment in a UUIDv7: when the record was made on its device. */
export function madeAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
