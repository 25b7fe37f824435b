/** Between whole minor units and what a person types as an amount. */

const AMOUNT = /^(\d{1,11})(?:[.,](\d{1,2}))?$/;

export function toText(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

/** Null for what is no amount: a form says so instead of guessing. */
export function toMinor(text: string): number | null {
  const match = AMOUNT.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}
