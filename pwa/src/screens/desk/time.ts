/** Between instants and what a date-and-time field of the browser holds: local time without a zone. */

export function toField(at: number | null | undefined): string {
  if (!at) return '';
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function fromField(text: string): number | null {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
