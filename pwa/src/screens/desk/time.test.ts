import { describe, expect, it } from 'vitest';
import { fromField, toField } from './time';

describe('a date-and-time field', () => {
  it('gives back the minute it was given', () => {
    const at = new Date(2026, 10, 22, 16, 5).getTime();
    expect(toField(at)).toBe('2026-11-22T16:05');
    expect(fromField(toField(at))).toBe(at);
  });

  it('is empty when there is no time', () => {
    expect(toField(null)).toBe('');
    expect(fromField('')).toBeNull();
  });
});
