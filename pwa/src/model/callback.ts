/** What becomes of a callback: its state from its attempts, who may make it, and what an answer asks for. */
import { model } from './exported';
import { of, type Data, type Family } from './family';
import type { Callback, CallbackAnswer, Question } from './records';

const { attempts: MOST, hours_between: HOURS, low_score: LOW, unhappy, unanswered } = model.callbacks;
const HOUR = 3_600_000;

export const MOST_ATTEMPTS = MOST;

/** Fields that follow from the attempts, the last one that reached somebody deciding. */
export function callbackState(family: Family): Data {
  const attempts = of(family, 'callback_attempt').sort((one, other) => (one.id < other.id ? -1 : 1));
  const last = attempts.at(-1)?.data;
  const answered = attempts.filter((one) => reached(String(one.data.outcome))).at(-1)?.data;
  if (answered) {
    return { state: 'done', outcome: answered.outcome, score: answered.score ?? null, next_attempt_at: null };
  }
  if (!last) return {};
  const unreachable = attempts.filter((one) => one.data.outcome === 'unreachable').length;
  if (unreachable >= MOST) return { state: 'unreached', outcome: 'unreachable', next_attempt_at: null };
  return { outcome: last.outcome, next_attempt_at: last.again_at ?? null };
}

/** Somebody spoke to the customer. */
export function reached(outcome: string): boolean {
  return !unanswered.includes(outcome);
}

/** Nobody calls about his own job. */
export function mayCall(user: string, callback: Callback): boolean {
  return !(callback.workers ?? []).includes(user);
}

export function nextAttempt(triedAt: number): number {
  return triedAt + HOURS * HOUR;
}

/** The lowest score of a call counts: one thing that went badly is enough to look into it. */
export function scoreOf(answers: CallbackAnswer[]): number | null {
  const scores = answers.flatMap(({ score }) => score ?? []);
  return scores.length > 0 ? Math.min(...scores) : null;
}

/** The answer asks for more work: a low score, a defect, or dissatisfaction. */
export function opensFollowUp(score: number | null | undefined, outcome: string | null | undefined): boolean {
  return unhappy.includes(outcome ?? '') || (typeof score === 'number' && score <= LOW);
}

/** A call may end with this: nobody who gave a low score is noted down as satisfied. */
export function mayEndWith(outcome: string, score: number | null): boolean {
  return reached(outcome) && !(outcome === 'satisfied' && score !== null && score <= LOW);
}

/** What the answers suggest until the caller says otherwise. */
export function suggested(questions: Question[], answers: CallbackAnswer[]): string | null {
  const score = scoreOf(answers);
  const said = (kind: string) => questions.filter((one) => one.kind === kind).map((one) => one.id);
  const text = (question: string) => answers.find((one) => one.question === question)?.text;
  if (said('yes_no').some((question) => question === 'running' && text(question) === 'no')) return 'defect_found';
  if (score !== null && score <= LOW) return 'dissatisfied';
  if (said('text').some((question) => text(question))) return 'suggestion';
  return score === null ? null : 'satisfied';
}
