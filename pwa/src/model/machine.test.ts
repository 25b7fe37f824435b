import { describe, expect, it } from 'vitest';

import { isOpen } from './machine';

describe('an order', () => {
  it.each(['intake', 'dispatched', 'on_hold', 'refused', 'returned', 'settled'])('is open while it is %s', (state) => {
    expect(isOpen({ state })).toBe(true);
  });

  it.each(['reported', 'in_review', 'archived', 'closed_remote', 'closed_refused', 'cancelled', 'missed'])(
    'is no longer open once it is %s',
    (state) => {
      expect(isOpen({ state })).toBe(false);
    },
  );
});
