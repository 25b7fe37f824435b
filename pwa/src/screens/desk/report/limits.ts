/** Limits as they are written beside a value. */

interface Limited {
  kind?: string;
  minimum?: string | null;
  maximum?: string | null;
  minimum_exclusive?: boolean | null;
  maximum_exclusive?: boolean | null;
}

export function limitsOf({ kind, minimum, maximum, ...exclusive }: Limited): string {
  if (kind === 'count_ratio') return maximum ? `< ${maximum} %` : '0';
  if (minimum && maximum) return `${minimum} – ${maximum}`;
  if (minimum) return `${exclusive.minimum_exclusive ? '>' : '≥'} ${minimum}`;
  return maximum ? `${exclusive.maximum_exclusive ? '<' : '≤'} ${maximum}` : '';
}
