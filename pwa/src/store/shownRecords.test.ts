import { describe, expect, it } from 'vitest';
import { device, judged, note, ORDER, PLAIN_RULES, row, type Contents } from '../outbox/builders';
import { ShownRecords } from './shownRecords';

function show(contents: Contents): ShownRecords {
  const shown = new ShownRecords(PLAIN_RULES);
  shown.update(device(contents), null);
  return shown;
}

const order = row({ id: ORDER, data: { fault: 'A' }, disputed: ['fault'] });
const conflict = row({
  id: 'c',
  type: 'conflict',
  root: ORDER,
  data: { record: ORDER, field: 'fault', fields: ['fault'], state: 'open' },
});

describe('what the screens read', () => {
  it('lists records by type, and those of one root', () => {
    const shown = show({ records: [order, row({ id: 'other' })], outbox: [note('x', 1)] });
    expect(shown.all('work_order').map((one) => one.id)).toEqual([ORDER, 'other']);
    expect(shown.family(ORDER).map((one) => one.id)).toEqual([ORDER, 'note-x']);
    expect(shown.get('note', ORDER)).toBeUndefined();
  });

  it('leads from a disputed field to its conflict', () => {
    const shown = show({ records: [order, conflict] }).get('work_order', ORDER);
    expect(shown).toMatchObject({ honest: 'disputed', disputed: { fault: 'c' } });
  });

  it('leaves out what was removed, unless unsent work of the user changes it', () => {
    const gone = row({ id: 'note-x', type: 'note', root: ORDER, gone: true });
    expect(show({ records: [order, gone] }).all('note')).toEqual([]);
    expect(show({ records: [order, gone], outbox: [note('x', 1)] }).all('note')).toHaveLength(1);
  });

  it('is the same object while nothing of its root changed', () => {
    const shown = show({ records: [order, row({ id: 'other' })] });
    const before = shown.get('work_order', 'other');
    shown.update(device({ records: [order], overlay: [judged(note('x', 1))] }), new Set([ORDER]));
    expect(shown.get('work_order', 'other')).toBe(before);
    expect(shown.get('note', 'note-x')).toBeDefined();
  });

  it('forgets roots that are no longer here', () => {
    const shown = show({ records: [order] });
    shown.update(device(), new Set([ORDER]));
    expect(shown.all('work_order')).toEqual([]);
    expect(shown.family(ORDER)).toEqual([]);
  });
});
