import { describe, expect, it } from 'vitest';
import { device, file, NOW, operation, ORDER } from './builders';
import { makeOperations, saveWork, type Act, type Draft, type Look, type Together } from './make';

const SEEN = { epoch: 'e', position: 7, at: 'now' };
const tables = device({ meta: { n: 41, seen: SEEN } });
const act: Act = { user: 'user-1', schema: 3, at: new Date(NOW).toISOString(), ids: ['id-1', 'id-2'], group: 'g' };
const look: Look = () => ({ version: 12, data: { street: 'Main', city: 'Ulm' } });
const alone: Together = (_type, field) => [field];
const edit = (body: unknown): Draft => ({ type: 'site', record: 's', root: 's', do: 'set', body });
const make = (drafts: Draft[], together = alone) => makeOperations(tables, drafts, act, look, together);

describe('an operation', () => {
  it('says who, when, and what its author had seen', () => {
    const [made] = make([edit({ name: { was: 'A', to: 'B' } })]);
    expect(made).toMatchObject({ id: 'id-1', n: 42, by: 'user-1', seen: SEEN, base: 12, schema: 3 });
    expect(made).not.toHaveProperty('group');
    expect(made?.set).toEqual({ name: { was: 'A', to: 'B' } });
  });

  it('belongs to a group when several changes are one act', () => {
    const made = make([edit({ a: { was: 1, to: 2 } }), edit({ b: { was: 1, to: 2 } })]);
    expect(made.map((one) => [one.n, one.group])).toEqual([
      [42, { id: 'g', of: 2 }],
      [43, { id: 'g', of: 2 }],
    ]);
  });

  it('carries all members of a merge group, the unchanged ones as they show', () => {
    const place: Together = () => ['street', 'city', 'country'];
    const [made] = make([edit({ city: { was: 'Ulm', to: 'Bonn' } })], place);
    expect(made?.set).toEqual({
      street: { was: 'Main', to: 'Main' },
      city: { was: 'Ulm', to: 'Bonn' },
      country: { was: null, to: null },
    });
  });
});

describe('saving', () => {
  const photo = { sha256: 'x', root: ORDER, blob: new Blob(['pixels'], { type: 'image/jpeg' }) };

  it('puts operation, photo metadata and photo bytes into one transaction', () => {
    const change = saveWork(tables, [operation({ id: 'a', n: 42 })], [photo], 'hash');
    expect(change.writes.map((write) => Object.keys(write)[0])).toEqual([
      'meta',
      'table',
      'table',
      'bytes',
      'meta',
      'meta',
    ]);
    expect(change.tables.files.get('x')).toMatchObject({ state: 'queued', size: 6, type: 'image/jpeg', offset: 0 });
    expect(change.tables.meta).toMatchObject({ n: 42, previousStatement: 'hash' });
  });

  it('keeps the progress of bytes that are on their way already', () => {
    const before = device({ files: [file('x', { offset: 5 })] });
    expect(saveWork(before, [], [photo], null).tables.files.get('x')?.offset).toBe(5);
  });
});
