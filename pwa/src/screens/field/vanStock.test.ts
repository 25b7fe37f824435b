import { describe, expect, it } from 'vitest';

import type { App } from '../../store/types';
import { vanStock } from './vanStock';

const load = { id: 'load', data: { part: 'belt', from: 'warehouse:b', to: 'van:me', quantity: 3 } };
const used = { id: 'used', data: { part: 'belt', from: 'van:me', to: 'asset:pump', quantity: 2 } };
const kept = { id: 'kept', data: { engineer: 'me', move: 'used', part: 'belt', quantity: -2 } };

function inVan(moves: object[], vanMoves: object[] = []): number | undefined {
  const app = { all: (type: string) => (type === 'van_move' ? vanMoves : moves) } as unknown as App;
  return vanStock(app, 'me').get('belt');
}

describe("what lies in the engineer's van (R-108)", () => {
  it('counts a move on an order at once, before any server knows of it', () => {
    expect(inVan([load, used])).toBe(1);
  });

  it('counts it once when the server has kept it', () => {
    expect(inVan([load, used], [kept])).toBe(1);
  });

  it('still counts it when the order has left', () => {
    expect(inVan([load], [kept])).toBe(1);
  });

  it('shows what is owed', () => {
    expect(inVan([], [kept])).toBe(-2);
  });

  it('leaves out the vans of others and what was taken back', () => {
    const others = { ...kept, data: { ...kept.data, engineer: 'colleague' } };
    expect(inVan([load, { ...used, gone: true }], [others])).toBe(3);
  });
});
