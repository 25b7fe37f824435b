/** The one step that comes next, by the order's state. */

export const LADDER = ['accept', 'depart', 'arrive', 'start', 'finish'] as const;
export type Step = (typeof LADDER)[number];
export type Next = Step | 'resume' | 'close';

const NEXT: Record<string, Next> = {
  dispatched: 'accept',
  accepted: 'depart',
  departed: 'arrive',
  arrived: 'start',
  refused: 'close',
  on_hold: 'resume',
};
const WORKING = new Set([
  'diagnosing',
  'plan_review',
  'quoted',
  'consented',
  'repairing',
  'testing',
  'cleaning_up',
  'acceptance',
  'settled',
  'returned',
]);

export function nextStep(state: string): Next | null {
  return NEXT[state] ?? (WORKING.has(state) ? 'finish' : null);
}

/** How many of the five steps are behind the order. */
export function stepsTaken(state: string): number {
  const next = nextStep(state);
  if (next === null || next === 'resume' || next === 'close') return next === null ? LADDER.length : LADDER.length - 1;
  return LADDER.indexOf(next);
}

export function isWorking(state: string): boolean {
  return WORKING.has(state) || state === 'refused';
}
