/** The data of deadlines, callbacks and complaints as the screens read it. Absent and null are the same. */

import type { Localized } from './reference';

type Maybe<T> = T | null | undefined;

/** A promise on one order as lists need it. */
export type PromisedTime = Pick<KeptDeadline, 'name' | 'state' | 'due_at'>;

export type Question = { id: string; kind: 'score' | 'yes_no' | 'text'; label: Localized };

export type Callback = {
  rule: string;
  order?: Maybe<string>;
  plan?: Maybe<string>;
  complaint?: Maybe<string>;
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

export type Complaint = {
  number: string;
  branch: string;
  customer: string;
  site?: Maybe<string>;
  contact?: Maybe<string>;
  asset?: Maybe<string>;
  order?: Maybe<string>;
  callback?: Maybe<string>;
  /** who did the work it is about */
  engineers?: Maybe<string[]>;
  registered_by?: Maybe<string>;
  channel: string;
  complainant?: Maybe<string>;
  received_at: number;
  description: string;
  demand?: Maybe<string>;
  key_complaint?: Maybe<boolean>;
  paper_file?: Maybe<string>;
  handler?: Maybe<string>;
  finding?: Maybe<string>;
  solution?: Maybe<string>;
  solution_note?: Maybe<string>;
  /** when a specialist was on site */
  arrived_at?: Maybe<number>;
  confirmed_by?: Maybe<string>;
  told_at?: Maybe<number>;
  satisfaction?: Maybe<number>;
  /** how the customer was tried to be reached */
  attempted?: Maybe<string>;
  root_cause?: Maybe<string>;
  prevention?: Maybe<string>;
  state: string;
  acknowledged_at?: Maybe<number>;
  investigated_at?: Maybe<number>;
  confirmed_at?: Maybe<number>;
  executed_at?: Maybe<number>;
  closed_at?: Maybe<number>;
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
