import { describe, expect, it } from 'vitest';

import type { Answer, Checklist, ChecklistItem } from '../../../model/records';
import type { Shown } from '../../../store/types';
import { asked, EMPTY, isComplete, lacks, limits } from './answers';

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

  it('counts as work when it is required, or optional and answered', () => {
    const items = ['a', 'b', 'c'].map((id) => ({ ...item, id, required: id === 'a' }));
    const data = { items, 'answers/c': { ...EMPTY, result: 'pass' } };
    expect(asked({ data } as unknown as Shown<Checklist>).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('shows the ratio of a count from which on it fails (R-158)', () => {
    const ratio = (maximum: string | null) => limits({ ...item, kind: 'count_ratio', maximum });
    expect([ratio('40'), ratio(null)]).toEqual(['< 40 %', '0']);
  });

  it('says where the limit itself is not allowed (R-156)', () => {
    expect(limits({ ...item, maximum: '4', maximum_exclusive: true, unit: 'Ω' })).toBe('< 4 Ω');
  });

  it('shows its limits with their unit', () => {
    const limited = (minimum: string | null, maximum: string | null) =>
      limits({ ...item, minimum, maximum, unit: 'Ω' });
    expect([limited(null, '4'), limited('0.5', null), limited('1', '2')]).toEqual(['≤ 4 Ω', '≥ 0.5 Ω', '1 – 2 Ω']);
  });
});
