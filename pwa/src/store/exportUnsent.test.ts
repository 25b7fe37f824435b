import { expect, it } from 'vitest';
import { device, file, judged, note } from '../outbox/builders';
import { exportUnsent } from './exportUnsent';

it('contains every unsent operation and photo of this user, and nothing that was sent', async () => {
  const tables = device({
    outbox: [note('b', 2), note('a', 1)],
    overlay: [judged(note('z', 3))],
    files: [file('x'), file('y'), file('sent', { state: 'received' })],
  });
  const blob = await exportUnsent(tables, 'user-1', 'now', (sha256) =>
    Promise.resolve(new Blob([`bytes of ${sha256}`])),
  );
  const document = JSON.parse(await blob.text());
  expect(document).toMatchObject({ format: 'huizhi-unsent', user: 'user-1', epoch: 'epoch-1' });
  expect(document.operations.map((one: { id: string }) => one.id)).toEqual(['a', 'b']);
  expect(document.photos.map((one: { base64: string }) => atob(one.base64))).toEqual(['bytes of x', 'bytes of y']);
});
