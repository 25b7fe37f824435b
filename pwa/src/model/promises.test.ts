import { describe, expect, it } from 'vitest';
import type { Family, Member } from './family';
import { isRunning, nearest, read, readings, shareOf } from './promises';
import type { KeptDeadline } from './records';

const MINUTE = 60_000;
const START = Date.parse('2026-11-22T08:00:00.000Z');
const at = (minute: number) => START + minute * MINUTE;
const points = [50, 80, 100, 150].map((share) => ({ share, at: at((60 * share) / 100) }));

function kept(name: string, data: Partial<KeptDeadline> = {}): Member {
  const rule = {
    name,
    start: 'received',
    stop: 'arrived',
    limit: 60,
    limit_unit: 'min',
    calendar: '24x7',
    source: 'T',
  };
  const result = { start_at: START, due_at: at(60), points, state: 'running' };
  return { type: 'deadline', id: name, data: { ...rule, ...result, ...data }, gone: false };
}
function event(kind: string, minute: number): Member {
  return { type: 'visit_event', id: `${kind} ${minute}`, data: { kind, event_time: at(minute) }, gone: false };
}
const family = (...records: Member[]): Family => ({ root: undefined, records });
const only = (minute: number, data: Partial<KeptDeadline>, ...events: Member[]) =>
  read('id', kept('arrive', data).data as KeptDeadline, family(...events), at(minute));

describe('a deadline on the device', () => {
  it('is met or missed by what happened here, before the server knows', () => {
    expect(only(70, {}, event('arrive', 59)).state).toBe('met');
    expect(only(70, {}, event('arrive', 61)).state).toBe('missed');
    expect(only(70, {}, event('depart', 10)).state).toBe('breached');
  });

  it('stays as the server judged it once it did', () => {
    expect(only(70, { state: 'missed', stopped_at: at(65) }, event('arrive', 59)).state).toBe('missed');
  });

  it('is unknown, not breached, where the server waits for a tablet', () => {
    expect(only(70, { state: 'unknown' }).state).toBe('unknown');
  });

  it('stops while the order is on hold and moves by the pause, where its policy allows it (R-064)', () => {
    const events = [event('hold', 10), event('resume', 30)];
    expect(only(20, { pausable: true }, event('hold', 10))).toMatchObject({ state: 'paused', due_at: null });
    expect(only(70, { pausable: true }, ...events)).toMatchObject({ state: 'running', due_at: at(80) });
    expect(only(70, {}, ...events)).toMatchObject({ state: 'breached', due_at: at(60) });
  });

  it('in working time waits for the server after a pause that only this device knows', () => {
    const events = [event('hold', 10), event('resume', 30)];
    expect(only(70, { pausable: true, calendar: 'cn-office' }, ...events)).toMatchObject({
      state: 'running',
      due_at: null,
    });
  });

  it('that ends with something only the server can date is done here', () => {
    const report: Member = { type: 'report', id: 'r', data: { result: 'done' }, gone: false };
    const data = kept('solve', { stop: 'solved' }).data as KeptDeadline;
    expect(read('id', data, family(report), at(10)).state).toBe('done');
  });
});

describe('a deadline of a complaint', () => {
  const handled = (data: object) => {
    const root = { type: 'complaint', id: 'c', data: data as Member['data'], gone: false };
    return read('id', kept('arrive').data as KeptDeadline, { root, records: [] }, at(70)).state;
  };

  it('stops when its step was taken, or when the complaint is closed without it (R-185)', () => {
    expect(handled({ arrived_at: at(59) })).toBe('met');
    expect(handled({ arrived_at: at(61) })).toBe('missed');
    expect(handled({ closed_at: at(59) })).toBe('met');
    expect(handled({})).toBe('breached');
  });
});

describe('warnings', () => {
  it('come at 50, 80 and 100 percent, without a network (R-057)', () => {
    const { warnings } = only(0, {});
    expect([29, 30, 48, 60, 95].map((minute) => shareOf(warnings, at(minute)))).toEqual([0, 50, 80, 100, 100]);
  });
});

describe('the deadlines of an order', () => {
  it('come with what is due first, then what is over, and the nearest that runs is shown in lists', () => {
    const later = kept('solve', { due_at: at(90), points: [{ share: 100, at: at(90) }] });
    const met = kept('respond', { state: 'met', stopped_at: at(5) });
    const found = readings(family(met, later, kept('arrive')), at(10));
    expect(found.map(({ data }) => data.name)).toEqual(['arrive', 'solve', 'respond']);
    expect(found.map(isRunning)).toEqual([true, true, false]);
    expect(nearest(found)).toMatchObject({ name: 'arrive', due_at: at(60) });
    expect(nearest(readings(family(met), at(10)))).toBeNull();
  });

  it('are not those whose timer no longer applies', () => {
    const withdrawn = kept('respond', { state: 'withdrawn' });
    expect(readings(family(withdrawn, kept('arrive')), at(90)).map(({ data }) => data.name)).toEqual(['arrive']);
  });
});
