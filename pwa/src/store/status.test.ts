import { describe, expect, it } from 'vitest';
import { device, file, judged, note, NOW, operation, row, waiting, type Contents } from '../outbox/builders';
import { QUIET } from './activity';
import { outboxItems, photoItems, syncStatus } from './status';

const parked = { operation: note('p', 9) as never, verdict: 'parked', code: 'no_access', state: 'open' };
const status = (contents: Contents, activity = QUIET) =>
  syncStatus(device({ ...contents, meta: { lastExchangeAt: NOW, ...contents.meta } }), activity, true);

describe('all synced', () => {
  it('is said when nothing is left and the last exchange succeeded', () => {
    expect(status({}).allSynced).toBe(true);
  });

  it.each([
    ['an operation waits', { outbox: [note('a', 1)] }],
    ['an operation was refused', { outbox: [waiting(note('a', 1), { refused: 'too_large' })] }],
    ['a photo waits', { files: [file('x')] }],
    ['the server misses bytes of this user', { meta: { want: ['x'] } }],
    ['pages are still coming', { meta: { paging: true } }],
    ['nothing was ever exchanged', { meta: { lastExchangeAt: null } }],
  ])('is not said while %s', (_why, contents) => {
    expect(status(contents).allSynced).toBe(false);
  });

  it('is not said after a failed exchange', () => {
    expect(status({}, { ...QUIET, problem: 'portal' }).allSynced).toBe(false);
  });
});

describe('the outbox screen', () => {
  const tables = device({
    outbox: [note('b', 2), waiting(operation({ id: 'c', n: 3 }), { refused: 'too_large' })],
    overlay: [judged(note('a', 1), { verdict: 'conflicted' }), judged(note('z', 7))],
    records: [row({ id: 'o', type: 'outcome', data: parked })],
    files: [file('x', { size: 10, offset: 4 }), file('y', { state: 'received' })],
  });

  it('lists what has no verdict and what needs a person, oldest first', () => {
    expect(outboxItems(tables).map((item) => [item.operation.id, item.honest, item.code])).toEqual([
      ['a', 'disputed', null],
      ['b', 'saved', null],
      ['c', 'needs_you', 'too_large'],
      ['p', 'needs_you', 'no_access'],
    ]);
  });

  it('counts each kind', () => {
    expect(syncStatus(tables, QUIET, true)).toMatchObject({ waiting: 1, needsYou: 2, photosWaiting: 1 });
  });

  it('counts photos that only another device can still send', () => {
    const { photosMissing } = status({ files: [file('x')], meta: { want: ['x', 'elsewhere'] } });
    expect(photosMissing).toBe(1);
  });

  it('shows how far a photo got', () => {
    expect(photoItems(tables)).toEqual([{ sha256: 'x', root: 'order-1', size: 10, uploaded: 4, honest: 'saved' }]);
  });
});
