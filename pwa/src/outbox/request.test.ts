import { describe, expect, it } from 'vitest';
import { device, note, NOW, operation, waiting } from './builders';
import { buildRequest, narrowed, type Limits } from './request';
import type { Contents } from './builders';

const ENVELOPE = { protocol: 1, schema: 3, app: '0.1', request: 'r', now: new Date(NOW).toISOString(), uptimeMs: 5 };
const LIMITS: Limits = { operations: 3, bytes: 1000, rows: 500 };
const group = { id: 'g', of: 2 };

const sent = (contents: Contents, limits = LIMITS, single = false) =>
  buildRequest(device(contents), ENVELOPE, limits, single).operations.map((one) => one.id);

describe('a request', () => {
  it('sends the oldest work first', () => {
    expect(sent({ outbox: [note('b', 2), note('a', 1)] })).toEqual(['a', 'b']);
  });

  it('never splits a group', () => {
    const outbox = [
      note('a', 1),
      note('b', 2),
      operation({ id: 'c', n: 3, group }),
      operation({ id: 'd', n: 4, group }),
    ];
    expect(sent({ outbox })).toEqual(['a', 'b']);
  });

  it('keeps within the number and the size the server takes', () => {
    const outbox = [1, 2, 3, 4].map((n) => note(`o${n}`, n));
    expect(sent({ outbox })).toHaveLength(3);
    expect(sent({ outbox: outbox.map((one) => waiting(one, { bytes: 600 })) })).toEqual(['o1']);
  });

  it('sends one group alone when it has to find the one that is refused', () => {
    const outbox = [operation({ id: 'c', n: 3, group }), operation({ id: 'd', n: 4, group }), note('e', 5)];
    expect(sent({ outbox }, LIMITS, true)).toEqual(['c', 'd']);
  });

  it('leaves out what was set aside for a person', () => {
    expect(sent({ outbox: [waiting(note('a', 1), { refused: 'too_large' }), note('b', 2)] })).toEqual(['b']);
  });

  it('repeats an operation unchanged, whatever happened meanwhile', () => {
    const first = buildRequest(device({ outbox: [note('a', 1)] }), ENVELOPE, LIMITS);
    const second = buildRequest(device({ outbox: [note('a', 1)], meta: { cursor: 'later' } }), ENVELOPE, LIMITS);
    expect(second.operations).toEqual(first.operations);
  });
});

describe('after answers that came too late', () => {
  it('half as much is sent and asked for each time, down to what any link carries', () => {
    const limits = { operations: 200, bytes: 512_000, rows: 500 };
    expect(narrowed(limits, 0)).toEqual(limits);
    expect(narrowed(limits, 1)).toEqual({ operations: 100, bytes: 256_000, rows: 250 });
    expect(narrowed(limits, 99)).toEqual({ operations: 12, bytes: 32_000, rows: 31 });
    expect(narrowed({ operations: 3, bytes: 10, rows: 25 }, 9)).toEqual({ operations: 1, bytes: 1, rows: 20 });
  });

  it('one unit always goes, however narrow', () => {
    expect(sent({ outbox: [note('a', 1), note('b', 2)] }, narrowed(LIMITS, 9))).toEqual(['a']);
  });
});
