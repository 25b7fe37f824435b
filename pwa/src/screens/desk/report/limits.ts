/** Limits as they are written beside a value. */

interface Limited {
  minimum?: string | null;
  maximum?: string | null;
}

export function limitsOf({ minimum, maximum }: Limited): string {
  if (minimum && maximum) return `${minimum} – ${maximum}`;
  return minimum ? `≥ ${minimum}` : maximum ? `≤ ${maximum}` : '';
}
