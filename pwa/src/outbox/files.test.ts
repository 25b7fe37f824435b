import { describe, expect, it } from 'vitest';
import { device, EPOCH, file, NOW, ORDER, row } from './builders';
import { forgetFile, keepDownloaded, nextUpload, noteOffset, noteReceived } from './files';

describe('the blob queue', () => {
  it('finishes what it began, then takes the smallest', () => {
    const files = [file('large', { size: 900 }), file('small', { size: 10 }), file('begun', { size: 500, offset: 1 })];
    expect(nextUpload(device({ files }))?.sha256).toBe('begun');
    expect(nextUpload(device({ files: files.slice(0, 2) }))?.sha256).toBe('small');
    expect(nextUpload(device({ files: [file('done', { state: 'received' })] }))).toBeUndefined();
  });

  it('notes how far the bytes got, and that they arrived', () => {
    const seen = { epoch: EPOCH, position: 3, at: new Date(NOW).toISOString() };
    const before = device({ files: [file('x')], meta: { seen } });
    expect(noteOffset(before, 'x', 5).tables.files.get('x')?.offset).toBe(5);
    expect(noteReceived(before, 'x', 7).tables.files.get('x')).toMatchObject({
      state: 'received',
      receivedAt: NOW,
      seq: 7,
    });
  });

  it('lets a handed-over root go when its last photo has arrived', () => {
    const before = device({ records: [row({ id: ORDER })], files: [file('x')], meta: { handedOver: [ORDER] } });
    const { tables } = noteReceived(before, 'x', 7);
    expect([tables.records.size, tables.meta.handedOver]).toEqual([0, []]);
  });

  it('keeps downloaded bytes to look at, but never in place of unsent ones', () => {
    const blob = new Blob(['pixels']);
    expect(keepDownloaded(device(), 'x', blob, ORDER).tables.files.get('x')?.state).toBe('cached');
    expect(keepDownloaded(device({ files: [file('x')] }), 'x', blob, ORDER).tables.files.get('x')?.state).toBe(
      'queued',
    );
  });

  it('forgets bytes that the browser lost', () => {
    expect(forgetFile(device({ files: [file('x')] }), 'x').tables.files.size).toBe(0);
  });
});
