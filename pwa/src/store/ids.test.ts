import { expect, it } from 'vitest';
import { operationId, recordId } from './ids';

it('operation ids are 128 random bits', () => {
  const ids = new Set(Array.from({ length: 100 }, operationId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

it('record ids are UUIDs of version 7 that sort by time', () => {
  const [early, late] = [recordId(1_700_000_000_000), recordId(1_800_000_000_000)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early.slice(0, 13)).toBe('018bcfe5-6800');
  expect(early < late).toBe(true);
});
