/** The numbers that people read and say: the day, and the random end of the record's id. */

/** Unique without asking anybody. */
export function newNumber(kind: 'WO' | 'TS', id: string, now: number): string {
  const day = new Date(now).toISOString().slice(2, 10).replaceAll('-', '');
  return `${kind}-${day}-${id.slice(-6).toUpperCase()}`;
}
