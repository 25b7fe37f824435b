import { describe, expect, it } from 'vitest';

import type { Answer, ChecklistItem } from '../../../model/records';
import { EMPTY, isComplete, lacks, limits } from './answers';

const item = { id: 'a', phase: 'inspect', kind: 'check', label: {}, required: true } as ChecklistItem;
const failed: Answer = { ...EMPTY, result: 'fail' };

describe('a failed item', () => {
  it('asks for a note and a picture', () => {
    expect(lacks(item, failed, false)).toEqual(['note', 'photo']);
    expect(lacks(item, { ...failed, note: '松动' }, true)).toEqual([]);
  });

  it('asks for no picture where the template wants none', () => {
    expect(lacks({ ...item, photo_on_fail: false }, failed, false)).toEqual(['note']);
  });
});

describe('an item that does not apply', () => {
  it('needs its reason only if it is critical', () => {
    const answer: Answer = { ...EMPTY, result: 'na' };
    expect(lacks(item, answer, false)).toEqual([]);
    expect(lacks({ ...item, critical: true }, answer, false)).toEqual(['reason']);
  });
});

describe('an item', () => {
  it('is open until it is judged, even with an option chosen', () => {
    expect(isComplete(item, null, false)).toBe(false);
    expect(isComplete(item, { ...EMPTY, value: 'light' }, false)).toBe(false);
    expect(isComplete(item, { ...EMPTY, result: 'pass' }, false)).toBe(true);
  });

  it('shows its limits with their unit', () => {
    const limited = (minimum: string | null, maximum: string | null) =>
      limits({ ...item, minimum, maximum, unit: 'Ω' });
    expect([limited(null, '4'), limited('0.5', null), limited('1', '2')]).toEqual(['≤ 4 Ω', '≥ 0.5 Ω', '1 – 2 Ω']);
  });
});
