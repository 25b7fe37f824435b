/** The data of deadlines and callbacks as the screens read it. Absent and null are the same. */

import type { Localized } from './reference';

type Maybe<T> = T | null | undefined;

/** A promise on one order as lists need it. */
export type PromisedTime = Pick<KeptDeadline, 'name' | 'state' | 'due_at'>;

export type Question = { id: string; kind: 'score' | 'yes_no' | 'text'; label: Localized };

export type Callback = {
  rule: string;
  order?: Maybe<string>;
  plan?: Maybe<string>;
  customer: string;
  site?: Maybe<string>;
  contact?: Maybe<string>;
  workers?: Maybe<string[]>;
  template?: Maybe<string>;
  questions: Question[];
  opens_on: string;
  closes_on: string;
  visible_from: number;
  closes_at: number;
  state: 'due' | 'done' | 'unreached';
  next_attempt_at?: Maybe<number>;
  score?: Maybe<number>;
  outcome?: Maybe<string>;
};

/** A yes or no is one of the words `yes` and `no`. */
export type CallbackAnswer = { question: string; score: Maybe<number>; text: Maybe<string> };

export type CallbackAttempt = {
  channel: string;
  outcome: string;
  because?: Maybe<string>;
  person?: Maybe<string>;
  answers?: Maybe<CallbackAnswer[]>;
  score?: Maybe<number>;
  note?: Maybe<string>;
  again_at?: Maybe<number>;
};

/** Open while `until` is missing. */
export type Pause = { from: number; until: Maybe<number> };

export type KeptDeadline = {
  name: string;
  start: string;
  stop: string;
  limit: number;
  limit_unit: string;
  calendar: string;
  source: string;
  pausable?: Maybe<boolean>;
  start_at: number;
  due_at?: Maybe<number>;
  points?: Maybe<{ share: number; at: number }[]>;
  pauses?: Maybe<Pause[]>;
  state: string;
  stopped_at?: Maybe<number>;
  missing_year?: Maybe<number>;
};
