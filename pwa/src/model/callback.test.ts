import { describe, expect, it } from 'vitest';
import { mayCall, mayEndWith, nextAttempt, opensFollowUp, reached, scoreOf, suggested } from './callback';
import type { Callback, CallbackAnswer, Question } from './records';

const HOUR = 3_600_000;
const label = { en: '' };
const QUESTIONS: Question[] = [
  { id: 'running', kind: 'yes_no', label },
  { id: 'satisfaction', kind: 'score', label },
  { id: 'attitude', kind: 'score', label },
  { id: 'suggestion', kind: 'text', label },
];
const scored = (question: string, score: number): CallbackAnswer => ({ question, score, text: null });
const said = (question: string, text: string): CallbackAnswer => ({ question, score: null, text });

describe('a callback', () => {
  it('is not made by who did the job (R-178)', () => {
    const callback = { workers: ['one', 'two'] } as Callback;
    expect(mayCall('two', callback)).toBe(false);
    expect(mayCall('desk', callback)).toBe(true);
    expect(mayCall('desk', {} as Callback)).toBe(true);
  });

  it('is tried again a day after nobody answered (R-175)', () => {
    expect(['unreachable', 'rescheduled'].some(reached)).toBe(false);
    expect(['declined', 'satisfied'].every(reached)).toBe(true);
    expect(nextAttempt(HOUR)).toBe(25 * HOUR);
  });

  it('counts the lowest score that was given', () => {
    expect(scoreOf([scored('satisfaction', 5), scored('attitude', 2)])).toBe(2);
    expect(scoreOf([said('suggestion', '好')])).toBeNull();
  });

  it('opens a follow-up for a score of two, dissatisfaction or a defect (R-176)', () => {
    expect([2, 3].map((score) => opensFollowUp(score, 'satisfied'))).toEqual([true, false]);
    expect(opensFollowUp(5, 'dissatisfied')).toBe(true);
    expect(opensFollowUp(null, 'defect_found')).toBe(true);
    expect(opensFollowUp(null, 'declined')).toBe(false);
  });

  it('does not end as satisfied with a low score', () => {
    expect([2, 3, null].map((score) => mayEndWith('satisfied', score))).toEqual([false, true, true]);
    expect(mayEndWith('dissatisfied', 2)).toBe(true);
    expect(mayEndWith('unreachable', null)).toBe(false);
  });
});

describe('the outcome that the answers suggest', () => {
  const outcome = (...answers: CallbackAnswer[]) => suggested(QUESTIONS, answers);

  it('is a defect where the machine does not run, else dissatisfaction for a low score', () => {
    expect(outcome(said('running', 'no'), scored('satisfaction', 5))).toBe('defect_found');
    expect(outcome(said('running', 'yes'), scored('satisfaction', 2))).toBe('dissatisfied');
  });

  it('is a suggestion where one was made, satisfaction where all is well, and nothing before an answer', () => {
    expect(outcome(scored('satisfaction', 4), said('suggestion', '提前电话'))).toBe('suggestion');
    expect(outcome(said('running', 'yes'), scored('satisfaction', 4))).toBe('satisfied');
    expect(outcome(said('running', 'yes'))).toBeNull();
  });
});
