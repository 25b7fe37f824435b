import { describe, expect, it } from 'vitest';
import { device, file, judged, note, NOW, ORDER, request, response, row } from './builders';
import { pendingOperations } from './pending';
import { buildRequest } from './request';
import { discardShadow, needsCleanStart } from './reset';
import { respond } from './respond';
import type { SyncResponse } from './operation';
import type { Tables } from './tables';

const LIMITS = { operations: 200, bytes: 1_000_000, rows: 500 };
const ENVELOPE = { protocol: 1, schema: 1, app: 't', request: 'r', now: new Date(NOW).toISOString(), uptimeMs: 1 };
const NEW = { epoch: 'epoch-2', cursor: 'shadow-1' };

const after = (tables: Tables, values: Partial<SyncResponse>) =>
  respond(tables, request(), response(values), NOW).tables;
const beginReset = (tables: Tables) => after(tables, { ...NEW, reset: 'epoch', more: true });

const restored = device({
  records: [row({ id: ORDER, data: { fault: 'old' } }), row({ id: 'other' })],
  archive: [judged(note('first', 1))],
  overlay: [judged(note('second', 2), { seq: 99 })],
  outbox: [note('third', 3)],
});

describe('a reset', () => {
  it('puts archive and overlay back before the outbox in the order in which the author acted', () => {
    const tables = beginReset(restored);
    expect(buildRequest(tables, ENVELOPE, LIMITS).operations.map((one) => one.id)).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(pendingOperations(tables)).toHaveLength(3);
  });

  it('writes over no work that waits, whatever id it was given', () => {
    const before = device({ archive: [judged(note('one', 1, 'judged'))], outbox: [note('one', 2, 'waiting')] });
    const { outbox, archive } = beginReset(before);
    expect(outbox.get('one')?.operation.append).toEqual({ values: { text: 'waiting' } });
    expect(archive.get('one')?.operation.append).toEqual({ values: { text: 'judged' } });
  });

  it('wipes nothing: the old records show until the snapshot is complete', () => {
    const tables = beginReset(restored);
    expect([...tables.records.keys()]).toEqual([ORDER, 'other']);
    expect(tables.meta.cursor).toBe('cursor-1');
  });

  it('goes on under the cursor of the shadow', () => {
    const { epoch, cursor } = buildRequest(beginReset(restored), ENVELOPE, LIMITS);
    expect({ epoch, cursor }).toEqual(NEW);
  });

  it('announces again what the old history had received', () => {
    const received = file('x', { state: 'received', offset: 9, receivedAt: NOW, seq: 90 });
    const tables = beginReset(device({ records: [row({ id: ORDER })], files: [received] }));
    expect(tables.files.get('x')).toMatchObject({ state: 'queued', offset: 0, receivedAt: null, seq: null });
  });

  it('does not believe what the answer says about operations it holds', () => {
    const tables = after(restored, { ...NEW, reset: 'ahead', more: true, answers: [{ id: 'third', held: 'reset' }] });
    expect(tables.outbox.size).toBe(3);
  });

  it('starts again when the server is restored once more', () => {
    const filling = after(beginReset(restored), { ...NEW, more: true, changes: [row({ id: 'x' })] });
    const again = after(filling, { epoch: 'epoch-3', cursor: 'other', reset: 'epoch', more: true });
    expect(again.shadow.size).toBe(0);
    expect(again.meta.shadow).toEqual({ epoch: 'epoch-3', cursor: 'other' });
  });
});

describe('the swap', () => {
  const finish = (tables: Tables, values: Partial<SyncResponse> = {}) =>
    after(tables, { ...NEW, cursor: 'shadow-2', changes: [row({ id: 'fresh' })], entered: ['fresh'], ...values });

  it('replaces the store by the snapshot, keeping roots with pending work as handed over', () => {
    const tables = finish(beginReset(restored));
    expect([...tables.records.keys()]).toEqual(['fresh', ORDER]);
    expect(tables.meta).toMatchObject({ handedOver: [ORDER], epoch: 'epoch-2', cursor: 'shadow-2', shadow: null });
  });

  it('prefers the rows of the snapshot for roots that are in both', () => {
    const tables = finish(beginReset(restored), { changes: [row({ id: ORDER, data: { fault: 'new' } })] });
    expect(tables.records.get(ORDER)?.data).toEqual({ fault: 'new' });
    expect(tables.meta.handedOver).toEqual([]);
  });

  it('keeps roots whose photos are not sent yet', () => {
    const tables = finish(beginReset(device({ records: [row({ id: ORDER })], files: [file('x')] })));
    expect(tables.meta.handedOver).toEqual([ORDER]);
  });
});

describe('bytes while a snapshot is under way', () => {
  it('are not let go by what the old history had in its backup', () => {
    const arrived = file('x', { state: 'received', receivedAt: NOW, seq: 90 });
    const before = beginReset(device({ records: [row({ id: ORDER })], meta: { safe: 95 } }));
    const tables = after({ ...before, files: new Map([['x', arrived]]) }, { ...NEW, more: true });
    expect(tables.files.get('x')?.state).toBe('received');
  });

  it('that were downloaded for roots which the new history does not show go with the swap', () => {
    const before = device({ records: [row({ id: ORDER })], files: [file('x', { state: 'cached' })] });
    expect(after(beginReset(before), { ...NEW, changes: [row({ id: 'fresh' })] }).files.size).toBe(0);
  });
});

describe('a browser that died while the shadow filled', () => {
  it('throws the shadow away and asks with the old cursor again', () => {
    const filling = beginReset(restored);
    expect(needsCleanStart(filling)).toBe(true);
    const { tables } = discardShadow(filling);
    expect(buildRequest(tables, ENVELOPE, LIMITS)).toMatchObject({ epoch: 'epoch-1', cursor: 'cursor-1' });
    expect(tables.outbox.size).toBe(3);
  });

  it('offers again what was judged while it filled: only the lost cursor could show that the server lost it too', () => {
    const proven = judged(note('proven', 1), { seq: 20, epoch: 'epoch-1' });
    const judgedMeanwhile = ['epoch-1', 'epoch-2'].map((epoch) => judged(note(epoch, 2), { seq: 21, epoch }));
    const before = device({ overlay: [proven, ...judgedMeanwhile], meta: { through: 20 } });
    const { tables } = discardShadow({
      ...before,
      meta: { ...before.meta, shadow: { epoch: 'epoch-2', cursor: 'c' } },
    });
    expect([...tables.overlay.keys()]).toEqual(['proven']);
    expect([...tables.outbox.keys()]).toEqual(['epoch-1', 'epoch-2']);
  });
});
