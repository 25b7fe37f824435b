import { describe, expect, it } from 'vitest';
import type { Conflict } from '../../../model/records';
import type { App, Shown } from '../../../store/types';
import { byWeight, following, maySettle, opsOf, removedRecord, sides, typable } from './conflicts';

const side = (op: string) => ({ value: op, op, by: 'someone', at: '2026-11-22T08:00:00.000Z' });
const on = (record_type: string, ...fields: string[]): Conflict =>
  ({ record_type, fields, live: side('a'), candidates: [side('b'), side('c')] }) as unknown as Conflict;

describe('a conflict', () => {
  it('lays the live value and every candidate on the table', () => {
    expect(opsOf(on('work_order', 'fault'))).toEqual(['a', 'b', 'c']);
    expect(sides(on('work_order', 'fault')).map((one) => one.live)).toEqual([true, false, false]);
  });

  it('takes a typed value where the field is text or a code', () => {
    expect(typable(on('work_order', 'fault'))?.kind).toBe('text');
    expect(typable(on('work_order', 'priority'))?.kind).toBe('code');
  });

  it('is settled among the written values where the field is a group, a list or an answer', () => {
    expect(typable(on('work_order', 'assignee', 'appointment_start', 'appointment_end'))).toBeNull();
    expect(typable(on('work_order', 'crew'))).toBeNull();
    expect(typable(on('checklist', 'answers/earth'))).toBeNull();
  });

  it('comes first where much hangs on it, then where it waits longest', () => {
    const waits = (id: string, severity: string, opened_at: string) =>
      ({ id, data: { severity, opened_at } }) as unknown as Shown<Conflict>;
    const known = [
      waits('new', 'minor', '2026-03'),
      waits('old', 'minor', '2026-01'),
      waits('grave', 'major', '2026-02'),
    ];
    expect([...known].sort(byWeight).map((one) => one.id)).toEqual(['grave', 'old', 'new']);
  });
});

describe('a candidate whose author saw what shows now', () => {
  const saw = (was: unknown, live: unknown) =>
    following({
      ...on('work_order', 'fault'),
      live: { ...side('a'), value: live },
      candidates: [{ ...side('b'), was }],
    });

  it.each([
    ['cold', 'cold'],
    [null, undefined],
    [
      { end: 2, start: 1 },
      { start: 1, end: 2 },
    ],
  ])('is offered as the answer: %j', (was, live) => {
    expect(saw(was, live)?.op).toBe('b');
  });

  it('is not offered where he saw something else, or nobody knows', () => {
    expect(saw('warm', 'cold')).toBeNull();
    expect(saw(undefined, null)).toBeNull();
  });

  it('is not offered where the question is whether the record comes back', () => {
    const removed = { op: 'x', by: 'someone', at: '' };
    expect(following({ ...on('photo', 'caption'), candidates: [{ ...side('b'), was: 'a' }], removed })).toBeNull();
  });
});

describe('who settles a conflict', () => {
  const app = (roles: string[], type: string): App =>
    ({ me: { roles }, get: (asked: string) => (asked === type ? {} : undefined) }) as unknown as App;
  const conflict = { root: 'r' } as Shown<Conflict>;

  it.each([
    ['supervisor', 'work_order', true],
    ['dispatcher', 'work_order', true],
    ['engineer', 'work_order', false],
    ['admin', 'work_order', false],
    ['admin', 'user', true],
    ['supervisor', 'part', false],
  ])('%s, on a %s: %s', (role, type, expected) => {
    expect(maySettle(app([role], type), conflict)).toBe(expected);
  });
});

describe('a conflict about a removed record', () => {
  const about = { ...on('photo', 'caption'), removed: { op: 'x', by: 'someone', at: '' } };
  const holding = (gone: boolean): App => ({ get: () => ({ gone }) }) as unknown as App;

  it('asks whether it comes back as long as it is removed', () => {
    expect(removedRecord(holding(true), about)).toEqual({ gone: true });
    expect(removedRecord(holding(false), about)).toBeNull();
  });
});
