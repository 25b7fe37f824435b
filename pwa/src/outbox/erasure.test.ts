import { describe, expect, it } from 'vitest';
import { device, file, judged, note, NOW, operation, ORDER, request, response, row } from './builders';
import { respond } from './respond';
import type { SyncResponse } from './operation';
import type { Tables } from './tables';

const after = (tables: Tables, values: Partial<SyncResponse>) =>
  respond(tables, request(), response(values), NOW).tables;

const CONTACT = 'contact-1';
const change = (id: string, n: number) => operation({ id, n, type: 'contact', record: CONTACT, root: CONTACT });
const contact = row({ id: CONTACT, type: 'contact', data: { name: '演示联系人' } });
const erased = row({ id: CONTACT, type: 'contact', version: 2, data: { name: '—' }, erased: true });
const photo = (id: string, values = {}) => row({ id, type: 'photo', root: ORDER, data: { sha256: 'x' }, ...values });

describe('data erased on request', () => {
  it('goes from the records, the overlay and the archive of the device', () => {
    const before = device({
      records: [contact],
      overlay: [judged(change('second', 2), { seq: 200 })],
      archive: [judged(change('first', 1)), judged(note('other', 3))],
    });
    const tables = after(before, { changes: [erased] });
    expect(tables.records.get(CONTACT)?.data).toEqual({ name: '—' });
    expect(tables.overlay.size).toBe(0);
    expect([...tables.archive.keys()]).toEqual(['other']);
  });

  it('leaves unsent work in the outbox until the server has judged it', () => {
    const tables = after(device({ records: [contact], outbox: [change('late', 4)] }), { changes: [erased] });
    expect([...tables.outbox.keys()]).toEqual(['late']);
  });

  it('does not come to rest in the archive when a later verdict arrives', () => {
    const tables = after(device({ records: [erased], overlay: [judged(change('late', 4))] }), {});
    expect([tables.overlay.size, tables.archive.size]).toEqual([0, 0]);
  });

  it('takes its picture along, sent or not', () => {
    const gone = photo('p', { gone: true, erased: true });
    for (const state of ['queued', 'received', 'cached'] as const) {
      const tables = after(device({ records: [photo('p')], files: [file('x', { state })] }), { changes: [gone] });
      expect(tables.files.size).toBe(0);
    }
  });

  it('keeps a picture that another record shows, or that is named by unsent work', () => {
    const gone = photo('p', { gone: true, erased: true });
    const unsent = { ...note('again', 5), type: 'photo', append: { values: { sha256: 'x' } } };
    for (const contents of [{ records: [photo('p'), photo('q')] }, { records: [photo('p')], outbox: [unsent] }]) {
      const tables = after(device({ ...contents, files: [file('x')] }), { changes: [gone] });
      expect(tables.files.size).toBe(1);
    }
  });
});
