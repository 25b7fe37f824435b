/** How the scheduler is doing, from what it noted of its jobs. */

import { m } from '../../../paraglide/messages';
import type { Job } from '../../../transport/jobs';

/** A leader that died is followed within half a minute; whoever is silent for longer is not running. */
const SILENT_MS = 60_000;

export type Health = 'never' | 'silent' | 'failing' | 'well';

const NAMES: Record<string, () => string> = {
  follow_changes: m.desk_job_follow_changes,
  wake: m.desk_job_wake,
};

export function jobName(name: string): string {
  return NAMES[name]?.() ?? name;
}

export function health(jobs: Job[], now: number): Health {
  const ran = jobs.filter((job) => job.ended_at !== null);
  if (ran.length === 0) return 'never';
  if (ran.every((job) => now - (job.next_at ?? 0) > SILENT_MS)) return 'silent';
  return ran.some((job) => job.outcome === 'failed') ? 'failing' : 'well';
}
