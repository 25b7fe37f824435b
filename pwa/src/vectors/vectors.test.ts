/** The shared vectors: what app and server do alike. The server's tests read the same files and count them as well. */
import { describe, expect, test } from 'vitest';
import { DEVICE_CHECKS } from './device';
import { MODEL_CHECKS } from './model';
import { read, type Check, type Counts } from './read';

const checks = { ...MODEL_CHECKS, ...DEVICE_CHECKS } as Record<string, Check<unknown>>;
const { written, made } = read<Counts>('counts');

const FOLDERS = [
  ['', written],
  ['made/', made],
] as const;

describe.each(FOLDERS)('the app agrees with every shared vector in %s', (folder, counts) => {
  test.each(Object.keys(counts))('about %s', (family) => {
    const cases = read<{ name: string }[]>(`${folder}${family}`);
    for (const one of cases) expect(() => checks[family]?.(one), one.name).not.toThrow();
    console.log(`vectors ${folder}${family}: ${cases.length}`);
    expect(cases.length).toBe(counts[family]);
  });
});

test('every family of vectors is checked', () => {
  expect(new Set([...Object.keys(written), ...Object.keys(made)])).toEqual(new Set(Object.keys(checks)));
});
