import { describe, expect, it } from 'vitest';
import type { Conflict } from '../../../model/records';
import { opsOf, sides, typable } from './conflicts';

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
});
