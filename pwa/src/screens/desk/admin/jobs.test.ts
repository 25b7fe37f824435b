import { describe, expect, it } from 'vitest';

import type { Job } from '../../../transport/jobs';
import { health } from './jobs';

const NOW = 1_795_334_400_000;

function job(changes: Partial<Job> = {}): Job {
  const counts = { name: 'wake', runs: 9, created: 3, failures: 0, holder: 'scheduler-1' };
  const times = { started_at: NOW - 5000, ended_at: NOW - 4900, next_at: NOW + 100 };
  return { ...counts, ...times, outcome: 'done', ...changes };
}

describe('the scheduler', () => {
  it('is well while its jobs come round and end as they should', () => {
    expect(health([job()], NOW)).toBe('well');
  });

  it('is said to fail while the last run of one job failed', () => {
    expect(health([job(), job({ name: 'follow_changes', outcome: 'failed' })], NOW)).toBe('failing');
  });

  it('is said to stand still once every job is a minute late', () => {
    expect(health([job({ next_at: NOW - 60_001 })], NOW)).toBe('silent');
    expect(health([job({ next_at: NOW - 59_999 })], NOW)).toBe('well');
  });

  it('is said to have never run where nothing was noted', () => {
    expect(health([], NOW)).toBe('never');
    expect(health([job({ ended_at: null, outcome: null })], NOW)).toBe('never');
  });
});
