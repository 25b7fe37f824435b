import { describe, expect, it } from 'vitest';

import type { OutboxItem, PhotoItem } from '../store/types';
import { byOrder } from './outboxOrders';

const item = (root: string) => ({ operation: { root } }) as OutboxItem;
const photo = (root: string, honest: PhotoItem['honest']) => ({ root, honest }) as PhotoItem;

describe('the outbox by order', () => {
  it('puts changes and photos of one order together', () => {
    const orders = byOrder([item('a'), item('b'), item('a')], [photo('b', 'saved')]);
    expect(orders.map(({ root, items, photos }) => [root, items.length, photos.length])).toEqual([
      ['a', 2, 0],
      ['b', 1, 1],
    ]);
  });

  it('leaves out photos that arrived', () => {
    expect(byOrder([], [photo('a', 'received')])).toEqual([]);
  });
});
