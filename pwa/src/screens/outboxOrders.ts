/** The outbox by order: a person thinks of jobs, not of operations. */

import type { OutboxItem, PhotoItem } from '../store/types';

export interface OutboxOrder {
  root: string;
  items: OutboxItem[];
  photos: PhotoItem[];
}

export function byOrder(items: OutboxItem[], photos: PhotoItem[]): OutboxOrder[] {
  const orders = new Map<string, OutboxOrder>();
  const order = (root: string) => {
    const found = orders.get(root) ?? { root, items: [], photos: [] };
    orders.set(root, found);
    return found;
  };
  for (const item of items) order(item.operation.root).items.push(item);
  for (const photo of photos.filter(({ honest }) => honest !== 'received')) order(photo.root).photos.push(photo);
  return [...orders.values()];
}
