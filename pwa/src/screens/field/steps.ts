/** The one step that comes next, by the order's state. */

export const LADDER = ['accept', 'depart', 'arrive', 'start', 'finish'] as const;
export const ROUND = ['inspect', 'finish'] as const;
export type Step = (typeof LADDER | typeof ROUND)[number];
export type Next = Step | 'resume' | 'close';

const NEXT: Record<string, Next> = {
  dispatched: 'accept',
  accepted: 'depart',
  departed: 'arrive',
  arrived: 'start',
  refused: 'close',
  on_hold: 'resume',
};
const BEFORE = new Set(['dispatched', 'accepted', 'departed', 'arrived']);
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

export function ladderOf(round: boolean): readonly Step[] {
  return round ? ROUND : LADDER;
}

/** A round is begun in one touch, wherever on the way it stands. */
export function nextStep(state: string, round = false): Next | null {
  if (round && BEFORE.has(state)) return 'inspect';
  return NEXT[state] ?? (WORKING.has(state) ? 'finish' : null);
}

/** How many of its steps are behind the order. */
export function stepsTaken(state: string, round = false): number {
  const [next, ladder] = [nextStep(state, round), ladderOf(round)];
  if (next === null || next === 'resume' || next === 'close') return next === null ? ladder.length : ladder.length - 1;
  return ladder.indexOf(next);
}

export function isWorking(state: string): boolean {
  return WORKING.has(state) || state === 'refused';
}
