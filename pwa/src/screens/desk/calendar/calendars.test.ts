import { describe, expect, it } from 'vitest';

import type { App } from '../../../store/types';
import { calendarOf, zoneOf } from './calendars';

const SITES: Record<string, object> = {
  tokyo: { data: { timezone: 'Asia/Tokyo' } },
  plain: { data: {} },
  nowhere: { data: { timezone: 'Asia/Nowhere' } },
};
const CALENDARS = [
  { id: '2', data: { key: 'second', timezone: 'Europe/Berlin' } },
  { id: '1', data: { key: 'first', timezone: 'America/New_York' } },
];
const company = (calendars: object[]) =>
  ({ all: () => calendars, get: (_: string, id: string) => SITES[id] }) as unknown as App;
const app = company(CALENDARS);

describe('the calendar of a record', () => {
  it('is the one it names, else the first', () => {
    expect([{ calendar: '2' }, { calendar: 'gone' }, {}].map((one) => calendarOf(app, one).key)).toEqual([
      'second',
      'first',
      'first',
    ]);
  });
});

describe('the zone of a record', () => {
  it("is its site's, else its calendar's, else the company's", () => {
    expect(zoneOf(app, { site: 'tokyo', calendar: '2' })).toBe('Asia/Tokyo');
    expect(zoneOf(app, { site: 'plain', calendar: '2' })).toBe('Europe/Berlin');
    expect(zoneOf(app, {})).toBe('America/New_York');
    expect(zoneOf(company([]), {})).toBe('Asia/Shanghai');
  });

  it('is one that the browser knows', () => {
    expect(zoneOf(app, { site: 'nowhere' })).toBe('Asia/Shanghai');
  });
});
