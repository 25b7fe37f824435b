import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './values';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('a value is refused before it is saved', () => {
  it.each([
    ['a lone surrogate', '\ud800', 'not_text'],
    ['a NUL character', 'a\0', 'not_text'],
    ['a fraction', 1.5, 'not_integer'],
    ['not a number', Number.NaN, 'not_integer'],
    ['an integer beyond 2^53', 2 ** 53, 'not_integer'],
    ['a list that is too deep', nested(25), 'too_deep'],
    ['a date object', new Date(), 'unknown_kind'],
    ['a function', () => 1, 'unknown_kind'],
  ])('if it is %s', (_what, value, reason) => {
    expect(() => normalise({ field: value })).toThrow(reason);
  });
});

describe('a canonical value', () => {
  it('has composed text, no minus zero, and no absent members', () => {
    expect(normalise({ a: 'e\u0301', b: -0, c: undefined })).toEqual({ a: '\u00e9', b: 0 });
  });

  it('is canonical already', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        try {
          const once = normalise(value);
          expect(normalise(once)).toEqual(once);
        } catch (error) {
          expect(error).toHaveProperty('reason');
        }
      }),
    );
  });
});
