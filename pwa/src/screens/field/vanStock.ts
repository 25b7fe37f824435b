/** What lies in the engineer's van, added up from its movements; less than nothing is shown, not hidden. */

import type { Part, StockMove, VanMove } from '../../model/records';
import type { App, Shown } from '../../store/types';
import type { Visit } from './visit';

export interface Stocked {
  part: Shown<Part>;
  inVan: number;
}

/** A move on an order counts at once; when the order leaves, what the server kept of it for the van counts instead. */
export function vanStock(app: App, engineer: string): Map<string, number> {
  const kept = app.all<VanMove>('van_move').filter(({ data, gone }) => !gone && data.engineer === engineer);
  const known = new Set(kept.map(({ data }) => data.move));
  const balance = new Map<string, number>();
  const count = (part: string, change: number) => balance.set(part, (balance.get(part) ?? 0) + change);
  for (const { data } of kept) count(data.part, data.quantity);
  for (const { id, data, gone } of app.all<StockMove>('stock_move')) {
    if (gone || known.has(id)) continue;
    if (data.to === `van:${engineer}`) count(data.part, data.quantity);
    if (data.from === `van:${engineer}`) count(data.part, -data.quantity);
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
