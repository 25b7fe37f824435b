import { describe, expect, it } from 'vitest';
import { device, file, judged, note, NOW, operation, ORDER, request, response, row } from './builders';
import { respond } from './respond';
import type { SyncResponse } from './operation';
import type { Tables } from './tables';

const after = (tables: Tables, values: Partial<SyncResponse>) =>
  respond(tables, request(), response(values), NOW).tables;

describe('verdicts', () => {
  it('move an operation from the outbox to the overlay and never write its values into the records', () => {
    const tables = after(device({ outbox: [operation({ id: 'a', n: 1 })], records: [row({ id: ORDER })] }), {
      answers: [{ id: 'a', verdict: 'applied', seq: 21 }],
    });
    expect([...tables.outbox.keys()]).toEqual([]);
    expect([...tables.overlay.keys()]).toEqual(['a']);
    expect(tables.records.get(ORDER)?.data).toEqual({});
  });

  it.each(['applied', 'conflicted', 'parked'] as const)('of the kind %s leave the overlay alike', (verdict) => {
    const tables = after(device({ outbox: [operation({ id: 'a', n: 1 })] }), {
      answers: [{ id: 'a', verdict, seq: 20 }],
      through: 20,
    });
    expect(tables.overlay.size).toBe(0);
    expect(tables.archive.get('a')?.verdict).toBe(verdict);
  });

  it('stay in the overlay while more pages wait, even if the position has passed them', () => {
    const tables = after(device({ overlay: [judged(operation({ id: 'a', n: 1 }), { seq: 5 })] }), { more: true });
    expect([...tables.overlay.keys()]).toEqual(['a']);
  });

  it('of another epoch are not let go by this one', () => {
    const old = judged(operation({ id: 'a', n: 1 }), { seq: 5, epoch: 'epoch-0' });
    expect([...after(device({ overlay: [old] }), {}).overlay.keys()]).toEqual(['a']);
  });

  it('that are missing or held leave the operation in the outbox', () => {
    const outbox = [operation({ id: 'a', n: 1 }), operation({ id: 'b', n: 2 })];
    const tables = after(device({ outbox }), { answers: [{ id: 'a', held: 'group' }] });
    expect([...tables.outbox.keys()]).toEqual(['a', 'b']);
  });
});

describe('roots that leave', () => {
  const records = [row({ id: ORDER }), row({ id: 'child', type: 'note', root: ORDER })];
  const left = [{ root: ORDER, why: 'reassigned' }];

  it('are removed with their children and downloaded bytes when nothing mentions them', () => {
    const change = respond(
      device({ records, files: [file('x', { state: 'cached' })] }),
      request(),
      response({ left }),
      NOW,
    );
    expect(change.tables.records.size).toBe(0);
    expect(change.writes).toContainEqual({ bytes: 'x', blob: null });
  });

  it.each([
    ['the outbox', { outbox: [note('a', 1)] }],
    ['the overlay', { overlay: [judged(note('a', 1), { seq: 99 })] }],
    ['the blob queue', { files: [file('x')] }],
  ])('stay as handed over while %s mentions them', (_name, contents) => {
    const tables = after(device({ records, ...contents }), { left });
    expect(tables.records.size).toBe(2);
    expect(tables.meta.handedOver).toEqual([ORDER]);
  });

  it('are removed later, when the last work on them has been delivered', () => {
    const waiting = device({ records, outbox: [note('a', 1)], meta: { handedOver: [ORDER] } });
    const tables = after(waiting, { answers: [{ id: 'a', verdict: 'applied', seq: 20 }], through: 20 });
    expect(tables.records.size).toBe(0);
    expect(tables.meta.handedOver).toEqual([]);
  });

  it('may never have been held here', () => {
    expect(after(device(), { left: [{ root: 'unknown', why: 'closed' }] }).meta.handedOver).toEqual([]);
  });
});

describe('roots that enter', () => {
  it('replace everything held of them, so that children removed meanwhile do not come back', () => {
    const records = [row({ id: ORDER }), row({ id: 'ghost', type: 'note', root: ORDER })];
    const tables = after(device({ records }), { entered: [ORDER], changes: [row({ id: ORDER, version: 7 })] });
    expect([...tables.records.values()].map((one) => [one.id, one.version])).toEqual([[ORDER, 7]]);
  });

  it('are no longer shown as handed over', () => {
    const before = device({ outbox: [note('a', 1)], meta: { handedOver: [ORDER] } });
    expect(after(before, { entered: [ORDER], changes: [row({ id: ORDER })] }).meta.handedOver).toEqual([]);
  });
});

describe('a page', () => {
  it('moves the cursor and what later operations say they have seen', () => {
    const { meta } = after(device(), { through: 33, cursor: 'next' });
    expect(meta.cursor).toBe('next');
    expect(meta.seen).toEqual({ epoch: 'epoch-1', position: 33, at: new Date(NOW).toISOString() });
  });

  it('keeps the last values of a removed record for those who have work on it', () => {
    const before = device({ records: [row({ id: 'n', type: 'note', root: ORDER, data: { text: 'old' } })] });
    const gone = { type: 'note', id: 'n', root: ORDER, gone: true } as never;
    expect(after(before, { changes: [gone] }).records.get('n')).toMatchObject({ gone: true, data: { text: 'old' } });
  });

  it('asks for bytes again that the server lost', () => {
    const before = device({ files: [file('x', { state: 'received', receivedAt: NOW, seq: 4, offset: 10 })] });
    expect(after(before, { want: ['x'] }).files.get('x')).toMatchObject({ state: 'queued', offset: 0 });
  });

  it('asks for them where they are only kept to be looked at, too', () => {
    const before = device({ records: [row({ id: ORDER })], files: [file('x', { state: 'cached' })] });
    expect(after(before, { want: ['x'] }).files.get('x')?.state).toBe('queued');
  });

  it('says nothing about bytes that arrived while it was on its way', () => {
    const before = device({ files: [file('x', { state: 'received', receivedAt: NOW, seq: 34 })] });
    expect(after(before, { through: 33, safe: 33 }).files.get('x')).toMatchObject({ state: 'received', seq: 34 });
  });

  it('leaves the tables it started from untouched', () => {
    const before = device({ outbox: [note('a', 1)] });
    after(before, { answers: [{ id: 'a', verdict: 'applied', seq: 1 }] });
    expect([...before.outbox.keys()]).toEqual(['a']);
  });
});

describe('the archive', () => {
  const old = NOW - 46 * 24 * 3600 * 1000;

  it('lets go what a verified backup contains, or what is older than 45 days', () => {
    const archive = [
      judged(note('backed-up', 1), { seq: 5 }),
      judged(note('kept', 2), { seq: 6 }),
      judged(note('old', 3), { seq: 99, judgedAt: old }),
    ];
    expect([...after(device({ archive }), { safe: 5 }).archive.keys()]).toEqual(['kept']);
  });

  it('is not emptied by a device clock that was set years ahead', () => {
    const before = device({ archive: [judged(note('kept', 1), { seq: 30 })] });
    const later = respond(before, request(), response(), NOW + 5 * 365 * 24 * 3600 * 1000).tables;
    expect([...later.archive.keys()]).toEqual(['kept']);
  });

  it('counts its days from the time the server named, whatever the device calls it', () => {
    const yearsAhead = NOW + 5 * 365 * 24 * 3600 * 1000;
    const answers = [{ id: 'a', verdict: 'applied' as const, seq: 20 }];
    const { tables } = respond(device({ outbox: [note('a', 1)] }), request(), response({ answers }), yearsAhead);
    expect(tables.archive.get('a')?.judgedAt).toBe(NOW);
  });

  it('keeps the bytes a server may have lost until the words that name them are backed up as well', () => {
    const photo = { ...note('p', 1), type: 'photo', append: { values: { sha256: 'x' } } };
    const files = [file('x', { state: 'received', receivedAt: NOW, seq: 5 })];
    const records = [row({ id: ORDER })];
    const before = device({ records, files, archive: [judged(photo, { seq: 6 })] });
    expect(after(before, { safe: 5, through: 6 }).files.get('x')?.state).toBe('received');
    expect(after(before, { safe: 6, through: 6 }).files.get('x')?.state).toBe('cached');
  });

  it('keeps photo bytes to look at while their root is here', () => {
    const before = device({
      records: [row({ id: ORDER })],
      files: [
        file('x', { state: 'received', receivedAt: NOW, seq: 5 }),
        file('y', { root: 'gone', state: 'received', receivedAt: old }),
      ],
    });
    const tables = after(before, { safe: 5 });
    expect([...tables.files.values()].map((one) => [one.sha256, one.state])).toEqual([['x', 'cached']]);
  });
});

describe('a server that is newer than the app', () => {
  const future = { ...row({ id: 'f', root: ORDER, type: 'thing_of_tomorrow' }), data: { field: { of: ['tomorrow'] } } };
  const wider = { ...row({ id: ORDER }), data: { fault: 'cold', seen_by_tomorrow: 7 }, flag: 'new' };

  it('sends what this app does not know: it is kept whole until an app comes that does', () => {
    const tables = after(device({ records: [row({ id: ORDER })] }), { changes: [future, wider] });
    expect([...tables.records.values()]).toEqual(expect.arrayContaining([future, wider]));
  });

  it('keeps it through later work of this app on the fields it knows', () => {
    const known = after(device(), { changes: [future, wider] });
    const tables = after(known, { changes: [{ ...wider, version: 2, data: { ...wider.data, fault: 'burnt' } }] });
    expect(tables.records.get(ORDER)?.data).toEqual({ fault: 'burnt', seen_by_tomorrow: 7 });
    expect(tables.records.get('f')).toEqual(future);
  });
});
