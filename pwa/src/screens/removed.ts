/** Work under way on an item that somebody removed meanwhile. */

import type { App, OutboxItem } from '../store/types';

/** The author's own removal is no such work. */
export function onRemoved(app: Pick<App, 'get'>, { operation }: Pick<OutboxItem, 'operation'>): boolean {
  return operation.do !== 'hide' && app.get(operation.type, operation.record)?.gone === true;
}
