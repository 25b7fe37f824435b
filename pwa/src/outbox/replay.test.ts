import { describe, expect, it } from 'vitest';
import { note, operation, ORDER, PLAIN_RULES, row } from './builders';
import type { Data, Operation, Row } from './operation';
import { replayFamily, type Family, type Rules } from './replay';

const order = row({ id: ORDER, version: 3, data: { fault: 'No heat', state: 'arrived' }, disputed: ['fault'] });
const show = (rows: Row[], operations: Operation[], rules: Rules = PLAIN_RULES) =>
  Object.fromEntries(replayFamily(ORDER, rows, operations, rules).map((record) => [record.id, record]));
const make = (values: Partial<Operation>): Operation => {
  const { set, ...rest } = operation({ id: 'op', n: 1 });
  return { ...rest, ...values };
};

describe('what shows', () => {
  it('is the confirmed record when nothing is under way', () => {
    expect(show([order], [])[ORDER]).toMatchObject({ version: 3, data: order.data, pending: [], gone: false });
  });

  it('is the last value its author gave', () => {
    const edits = [
      make({ id: 'a', do: 'set', set: { fault: { was: 'No heat', to: 'Leak' } } }),
      make({ id: 'b', do: 'set', set: { fault: { was: 'Leak', to: 'Leak at valve' } } }),
    ];
    expect(show([order], edits)[ORDER]).toMatchObject({ data: { fault: 'Leak at valve' }, pending: ['a', 'b'] });
  });

  it('treats null as absent', () => {
    const edit = make({ do: 'set', set: { fault: { was: 'No heat', to: null } } });
    expect(show([order], [edit])[ORDER]?.data).toEqual({ state: 'arrived' });
  });

  it('contains a record from the moment it was made', () => {
    expect(show([order], [note('x', 1, 'hello')])['note-x']).toMatchObject({ version: 0, data: { text: 'hello' } });
  });

  it('prefers the stored record over the operation that made it', () => {
    const stored = row({ id: 'note-x', type: 'note', root: ORDER, version: 2, data: { text: 'as stored' } });
    expect(show([order, stored], [note('x', 1, 'as sent')])['note-x']?.data).toEqual({ text: 'as stored' });
  });

  it('keeps work on a record that was removed meanwhile, and says so', () => {
    const gone = row({ ...order, gone: true });
    expect(show([gone], [operation({ id: 'a', n: 1 })])[ORDER]).toMatchObject({ gone: true, pending: ['a'] });
  });

  it('keeps what the server says of values that came late', () => {
    const late = row({ id: 'note-x', type: 'note', root: ORDER, version: 1, data: { text: 'x' }, late: ['text'] });
    expect(show([order, late], [])['note-x']?.late).toEqual(['text']);
    expect(show([order], [])[ORDER]?.late).toBeUndefined();
  });

  it('leaves out work on a record that is not here', () => {
    expect(show([], [operation({ id: 'a', n: 1 })])).toEqual({});
  });

  it('hides and restores', () => {
    const hide = make({ id: 'a', do: 'hide', hide: { reason: 'twice' } });
    expect(show([order], [hide])[ORDER]?.gone).toBe(true);
    expect(show([order], [hide, make({ id: 'b', do: 'restore', restore: {} })])[ORDER]?.gone).toBe(false);
  });
});

describe('a transition', () => {
  const start = make({ do: 'transition', transition: { name: 'diagnosing', from: 'arrived' } });

  it('shows from the state its author saw', () => {
    expect(show([order], [start])[ORDER]?.data.state).toBe('diagnosing');
  });

  it('does not pull back a record that moved on', () => {
    expect(show([row({ ...order, data: { state: 'testing' } })], [start])[ORDER]?.data.state).toBe('testing');
  });

  it('of the root follows by itself from the records', () => {
    const advance = ({ records }: Family): Data => (records.length > 0 ? { state: 'noted' } : {});
    expect(show([order], [note('x', 1)], { ...PLAIN_RULES, advance })[ORDER]?.data.state).toBe('noted');
  });
});

describe('a decision about a conflict', () => {
  const value = (op: string, text: string) => ({ op, value: text, by: 'u', at: '' });
  const data = {
    record: ORDER,
    field: 'fault',
    fields: ['fault'],
    state: 'open',
    live: value('l', 'A'),
    candidates: [value('c', 'B')],
  };
  const conflict = row({ id: 'conflict', type: 'conflict', root: ORDER, data });
  const resolve = (choose: object) =>
    make({
      record: 'conflict',
      type: 'conflict',
      do: 'resolve',
      resolve: { conflict: 'conflict', choose, reason: 'r', saw: [] },
    });

  it('shows the chosen value at once', () => {
    const shown = show([order, conflict], [resolve({ op: 'c' })]);
    expect(shown[ORDER]).toMatchObject({ data: { fault: 'B' }, disputed: [], pending: ['op'] });
    expect(shown.conflict?.data).toMatchObject({ state: 'resolved', reason: 'r' });
  });

  it('may give a value of its own', () => {
    expect(show([order, conflict], [resolve({ value: 'C' })])[ORDER]?.data.fault).toBe('C');
  });
});

describe('a parked operation', () => {
  const parked = row({ id: ORDER, type: 'parked', data: { state: 'open' } });

  it.each([
    ['unpark', 'applied'],
    ['dismiss', 'dismissed'],
  ] as const)('is %s at once', (how, state) => {
    expect(show([parked], [make({ do: how, [how]: {} })])[ORDER]?.data.state).toBe(state);
  });
});
