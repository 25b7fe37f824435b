import { describe, expect, it } from 'vitest';

import type { Checklist, ChecklistItem, PriceLine, Quotation, VisitEvent, WorkOrder } from '../../model/records';
import type { Shown } from '../types';
import { answerNumber } from './checklist';
import { dispatchOrder, triageOrder } from './dispatch';
import { usePart } from './partUse';
import { lineOf, setLines, withLine } from './quotation';
import { ruleOnTime } from './visitEvent';
import { holdOrder, takeStep } from './workOrder';

function shown<T>(type: string, data: unknown): Shown<T> {
  const id = `${type}-id`;
  return {
    type,
    id,
    root: 'order',
    version: 1,
    data: data as T,
    disputed: {},
    honest: 'received',
    pending: [],
    gone: false,
  };
}
const order = shown<WorkOrder>('work_order', { state: 'departed' });
const price: PriceLine = { code: 'L', name: '维修工时', kind: 'labour', unit: '小时', price: 12_000 };

describe('a ruling on a time', () => {
  it('gives time and reason together, and says what was seen', () => {
    const event = shown<VisitEvent>('visit_event', { kind: 'arrive', doubt: 'before_seen', ruled_time: 5 });
    const [draft] = ruleOnTime(event, 7, ' 签到簿 ');
    expect(draft?.body).toEqual({ ruled_time: { was: 5, to: 7 }, ruled_because: { was: null, to: '签到簿' } });
  });
});

describe('a step', () => {
  it('moves the order and remembers the visit as one group', () => {
    const [move, visit] = takeStep(order, 'arrive', 'visit', { place: { lat_e7: 1, lon_e7: 2 } });
    expect(move).toMatchObject({ do: 'transition', body: { name: 'arrive', from: 'departed' } });
    expect(visit).toMatchObject({ do: 'append', body: { values: { kind: 'arrive', place: { lat_e7: 1 } } } });
  });

  it('onto hold says why before it moves', () => {
    const drafts = holdOrder(order, 'visit', { reason: 'parts', until: '2026-12-01', told: true });
    expect(drafts.map((draft) => draft.do)).toEqual(['set', 'transition', 'append']);
    expect(drafts[0]?.body).toMatchObject({ hold_reason: { was: null, to: 'parts' }, hold_told: { to: true } });
  });
});

describe('triage', () => {
  const seen = shown<WorkOrder>('work_order', { priority: 'general', severity: 'level_2' });
  const region = { region_band: '', region_reason: '' };
  const same = { priority: 'general', severity: 'level_2', grade: '', case: '', ...region };

  it('sends priority, level and grade as far as they were changed (R-009)', () => {
    const [draft] = triageOrder(seen, { ...same, severity: '', grade: 'A' });
    expect(draft?.body).toEqual({ severity: { was: 'level_2', to: null }, grade: { was: null, to: 'A' } });
  });

  it('that changes nothing makes no operation', () => {
    expect(triageOrder(seen, same)).toEqual([]);
  });
});

describe('a dispatch', () => {
  const going = { assignee: 'one', appointment_start: 1, appointment_end: 2 };
  const seen = shown<WorkOrder>('work_order', { ...going, crew: ['two'] });

  it('leaves the appointment alone where only the crew was changed', () => {
    const [draft] = dispatchOrder(seen, going, ['one', 'three']);
    expect(draft?.body).toEqual({ crew: { was: ['two'], to: ['three'] } });
  });

  it('sends the appointment whole where a part of it was changed', () => {
    const [draft] = dispatchOrder(seen, { ...going, appointment_end: null }, ['two']);
    expect(Object.keys(draft?.body ?? {})).toEqual(['assignee', 'appointment_start', 'appointment_end']);
  });

  it('sends nothing where nothing was changed', () => {
    expect(dispatchOrder(seen, going, ['two'])).toEqual([]);
  });
});

describe('a measured value out of its limits', () => {
  it('is kept as the answer and as a reading with the limits of that day', () => {
    const item = { id: 'earth', unit: 'Ω', maximum: '4' } as ChecklistItem;
    const answer = { result: 'fail' as const, value: '6.2', note: null, reason: null };
    const [kept, reading] = answerNumber(shown<Checklist>('checklist', {}), item, answer, 'reading');
    expect(kept?.body).toEqual({ 'answers/earth': { was: null, to: answer } });
    expect(reading?.body).toMatchObject({ values: { value: '6.2', verdict: 'fail', maximum: '4' } });
  });
});

describe('a used part', () => {
  it('leaves the van with the record that says who allowed it', () => {
    const use = { part: 'p', name: '轴承', quantity: 2, source: 'original', permission: 'granted' };
    const [record, move] = usePart({ order: 'order', engineer: 'e', asset: 'a', use }, 'use', 'move');
    expect(record?.do).toBe('create');
    expect(move?.body).toEqual({ part: 'p', from: 'van:e', to: 'asset:a', quantity: 2 });
  });
});

describe('a quotation', () => {
  it('rounds a line half up to whole minor units', () => {
    expect(lineOf({ ...price, price: 101 }, '1.50').amount).toBe(152);
  });

  it('holds one line a tariff entry, in the order they were picked', () => {
    const lines = withLine(withLine([], lineOf(price, '1.00')), lineOf({ ...price, code: 'T' }, '1.00'));
    expect(withLine(lines, lineOf(price, '2.00')).map(({ code, quantity }) => [code, quantity])).toEqual([
      ['L', '2.00'],
      ['T', '1.00'],
    ]);
  });

  it('changes with the lines its author saw', () => {
    const quotation = shown<Quotation>('quotation', { lines: [] });
    expect(setLines(quotation, [])[0]?.body).toEqual({ lines: { was: [], to: [] } });
  });
});
