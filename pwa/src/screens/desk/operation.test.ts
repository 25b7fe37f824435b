import { describe, expect, it } from 'vitest';
import { moment } from '../../i18n/format';
import type { Operation } from '../../outbox/operation';
import { ShownRecords } from '../../store/shownRecords';
import { fieldService } from '../../store/fieldService';
import type { App } from '../../store/types';
import { told } from './operation';

const nothingHere = new ShownRecords(fieldService.rules) as unknown as App;
const parked = (parts: object) => told(nothingHere, { do: 'set', type: 'work_order', ...parts } as Operation);

describe('a parked operation', () => {
  it('is told with what it would change', () => {
    const { lines } = parked({ record: 'a', set: { fault: { was: null, to: '漏水' } } });
    expect(lines.map((line) => line.to)).toEqual(['漏水']);
  });

  it.each([
    {},
    { set: null },
    { set: 7 },
    { set: { fault: null } },
    { set: { fault: 'E04' } },
    { set: { received_at: { was: 1e300, to: 'soon' } } },
    { do: 'create', create: { values: null } },
    { do: 'append', append: { values: [1, { a: null }] } },
    { do: 'explode' },
    { do: '__defineGetter__' },
    { do: {}, type: [], record: 5 },
    { type: 'constructor', set: { 'answers/x': { was: null, to: {} } } },
  ])('is told in some words whatever it is: %j', (parts) => {
    expect(typeof parked(parts).title).toBe('string');
  });
});

describe('a moment', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15, Date.parse('yesterday')])(
    'that no date holds, %d, is left out',
    (at) => {
      expect(moment(at)).toBe('');
    },
  );
});
