import { describe, expect, it } from 'vitest';
import { device, file, judged, note, ORDER, row, waiting } from './builders';
import { honestByRecord, honestPhoto, worst } from './states';
import type { Contents } from './builders';

const honest = (contents: Contents) => honestByRecord(device(contents)).get('note-a');
const outcome = (state: string) =>
  row({ id: 'o', type: 'outcome', data: { operation: note('a', 1) as never, verdict: 'parked', state } });

describe('a record', () => {
  it('is saved while its operation has no verdict', () => {
    expect(honest({ outbox: [note('a', 1)] })).toBe('saved');
  });

  it.each([
    ['applied', 'received'],
    ['conflicted', 'disputed'],
    ['parked', 'needs_you'],
  ] as const)('with the verdict %s is %s', (verdict, state) => {
    expect(honest({ overlay: [judged(note('a', 1), { verdict })] })).toBe(state);
  });

  it('needs a person when the server would not even read its operation', () => {
    expect(honest({ outbox: [waiting(note('a', 1), { refused: 'too_large' })] })).toBe('needs_you');
  });

  it('needs a person until its parked operation is settled', () => {
    expect(honest({ records: [outcome('open')] })).toBe('needs_you');
    expect(honest({ records: [outcome('applied')] })).toBeUndefined();
  });

  it('shows the state that asks most of a person', () => {
    expect(honest({ outbox: [note('a', 2)], records: [outcome('open')] })).toBe('needs_you');
    expect(worst(['received', 'saved', 'disputed'])).toBe('disputed');
    expect(worst([])).toBe('received');
  });
});

describe('a photo', () => {
  it('is saved until the server has verified its hash', () => {
    expect(honestPhoto(device({ files: [file('x', { root: ORDER })] }), 'x', false)).toBe('saved');
    expect(honestPhoto(device(), 'x', false)).toBe('saved');
  });

  it('is received by the word of the server, at upload or in its record', () => {
    expect(honestPhoto(device({ files: [file('x', { state: 'received' })] }), 'x', false)).toBe('received');
    expect(honestPhoto(device(), 'x', true)).toBe('received');
  });
});
