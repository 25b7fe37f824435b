/** What the scheduler's jobs did, for administrators. */
import { ask } from './admin';

export interface Job {
  name: string;
  runs: number;
  created: number;
  failures: number;
  started_at: number | null;
  ended_at: number | null;
  next_at: number | null;
  outcome: 'done' | 'failed' | null;
  /** the scheduler that ran it last */
  holder: string | null;
}

export interface JobRun {
  job: string;
  holder: string;
  started_at: number;
  ended_at: number;
  outcome: 'done' | 'failed';
  created: number;
  error: string | null;
}

export interface Jobs {
  jobs: Job[];
  /** those that made something or failed, the newest first */
  runs: JobRun[];
}

export async function jobs(): Promise<Jobs> {
  return (await ask('GET', '/api/v1/jobs')) as Jobs;
}
