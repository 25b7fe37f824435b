/** The data of calendars, patrol plans and notices as the screens read it. Absent and null are the same. */

import type { Localized } from './reference';

type Maybe<T> = T | null | undefined;

/** A field of a form that the server would refuse, and the code of why. */
export interface Refusal {
  field: string;
  reason: string;
}

export type YearDay = { month: number; day: number };

/** Minutes of the day; 1440 is the midnight that ends it. */
export type WorkHours = { opens: number; closes: number };

export type WorkCalendar = {
  key: string;
  name: Localized;
  timezone: string;
  /** 0 is Monday */
  weekdays: number[];
  hours: WorkHours[];
  holidays?: Maybe<string[]>;
  /** weekend days that are worked instead (调休) */
  workdays?: Maybe<string[]>;
  /** the years whose two lists are complete */
  years?: Maybe<number[]>;
};

export type PatrolPlan = {
  branch: string;
  name: string;
  customer: string;
  site: string;
  contact?: Maybe<string>;
  template: string;
  assets: string[];
  /** machines of another kind than the rest have their own checklist */
  templates?: Maybe<{ asset: string; template: string }[]>;
  assignee?: Maybe<string>;
  policy?: Maybe<string>;
  calendar?: Maybe<string>;
  active?: Maybe<boolean>;
  recurrence: string;
  anchor: string;
  every?: Maybe<number>;
  weekdays?: Maybe<number[]>;
  dates?: Maybe<YearDay[]>;
  lead_days?: Maybe<number>;
  shift?: Maybe<string>;
  until?: Maybe<string>;
  tolerance_before?: Maybe<number>;
  tolerance_after?: Maybe<number>;
  usage_hours?: Maybe<number>;
  usage_base?: Maybe<number>;
  family?: Maybe<string>;
  rank?: Maybe<number>;
  stopped_because?: Maybe<string>;
};

export type Notice = {
  to: string;
  kind: string;
  order?: Maybe<string>;
  plan?: Maybe<string>;
  complaint?: Maybe<string>;
  timer?: Maybe<string>;
  share?: Maybe<number>;
  at: number;
  due_at?: Maybe<number>;
  text?: Maybe<string>;
  seen?: Maybe<boolean>;
};
