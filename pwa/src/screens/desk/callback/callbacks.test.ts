import { describe, expect, it } from 'vitest';
import type { Callback, Question } from '../../../model/records';
import type { App } from '../../../store/types';
import { answersOf, callable, filtered, followUpOf, isOverdue, type Call } from './callbacks';

const DAY = 86_400_000;
const NOW = 100 * DAY;

function call(id: string, opens: number, data: Partial<Callback> = {}): Call {
  const window = { visible_from: NOW + opens * DAY, closes_at: NOW + (opens + 5) * DAY };
  return { id, data: { state: 'due', ...window, ...data } } as Call;
}
const ids = (calls: Call[]) => calls.map(({ id }) => id);

describe('the callbacks to be made now', () => {
  it('are those in their window, overdue ones first, then what closes first (R-171)', () => {
    const calls = [call('today', 0), call('tomorrow', 1), call('overdue', -9), call('closing', -4)];
    expect(ids(filtered(calls, 'now', NOW))).toEqual(['overdue', 'closing', 'today']);
    expect(ids(filtered(calls, 'later', NOW))).toEqual(['tomorrow']);
    expect(calls.filter((one) => isOverdue(one, NOW)).map(({ id }) => id)).toEqual(['overdue']);
  });

  it('leave out what is put off until the next attempt, and what is over', () => {
    const calls = [
      call('put-off', -1, { next_attempt_at: NOW + 1 }),
      call('again', -1, { next_attempt_at: NOW }),
      call('done', -1, { state: 'done' }),
      call('given-up', -2, { state: 'unreached' }),
    ];
    expect(ids(filtered(calls, 'now', NOW))).toEqual(['again']);
    expect(ids(filtered(calls, 'later', NOW))).toEqual(['put-off']);
    expect(ids(filtered(calls, 'over', NOW))).toEqual(['done', 'given-up']);
  });

  it("never show somebody's own job (R-178)", () => {
    const calls = [call('own', 0, { workers: ['me'] }), call('other', 0, { workers: ['you'] }), call('plan', 0)];
    expect(ids(callable(calls, 'me'))).toEqual(['other', 'plan']);
  });
});

describe('the script', () => {
  const asked = (['score', 'yes_no', 'text'] as const).map((kind) => ({ id: kind, kind, label: {} })) as Question[];

  it('sends what was answered, each in the form of its question', () => {
    const given = { score: '4', yes_no: 'no', text: '  再来一次 ' };
    expect(answersOf(asked, given)).toEqual([
      { question: 'score', score: 4, text: null },
      { question: 'yes_no', score: null, text: 'no' },
      { question: 'text', score: null, text: '再来一次' },
    ]);
    expect(answersOf(asked, { text: '  ' })).toEqual([]);
  });
});

describe('an unhappy answer', () => {
  it('leads to the order that was opened from it (R-176)', () => {
    const orders = [
      { id: 'other', data: {} },
      { id: 'order', data: { opened_from: 'callback' } },
    ];
    const app = { all: () => orders } as unknown as App;
    expect(followUpOf(app, 'callback')?.id).toBe('order');
    expect(followUpOf(app, 'another')).toBeUndefined();
  });
});
