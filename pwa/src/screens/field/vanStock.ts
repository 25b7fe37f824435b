/** What lies in the engineer's van, added up from its movements; less than nothing is shown, not hidden. */

import type { Part, StockMove } from '../../model/records';
import type { App, Shown } from '../../store/types';
import type { Visit } from './visit';

export interface Stocked {
  part: Shown<Part>;
  inVan: number;
}

export function vanStock(app: App, engineer: string): Map<string, number> {
  const van = `van:${engineer}`;
  const balance = new Map<string, number>();
  for (const { data, gone } of app.all<StockMove>('stock_move')) {
    if (gone) continue;
    const change = (data.to === van ? data.quantity : 0) - (data.from === van ? data.quantity : 0);
    if (change) balance.set(data.part, (balance.get(data.part) ?? 0) + change);
  }
  return balance;
}

export function catalogue(app: App, engineer: string): Stocked[] {
  const stock = vanStock(app, engineer);
  return app.all<Part>('part').map((part) => ({ part, inVan: stock.get(part.id) ?? 0 }));
}

/** The parts this order most likely takes: what was quoted, then what lies in the van. */
export function likely(stocked: Stocked[], visit: Visit): Stocked[] {
  const quoted = new Set(visit.quotations.at(-1)?.data.lines.map((line) => line.part));
  const weight = ({ part, inVan }: Stocked) => (quoted.has(part.id) ? 2 : 0) + (inVan > 0 ? 1 : 0);
  return [...stocked].sort(
    (one, other) => weight(other) - weight(one) || (one.part.data.code < other.part.data.code ? -1 : 1),
  );
}

export function search(stocked: Stocked[], text: string): Stocked[] {
  const wanted = text.trim().toLowerCase();
  const words = ({ code, name, model }: Part) => `${code} ${name} ${model ?? ''}`.toLowerCase();
  return stocked.filter(({ part }) => words(part.data).includes(wanted));
}
