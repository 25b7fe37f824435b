/** The data of each synced type as the screens read it. Absent and null are the same.
 * Type aliases, not interfaces: only they are assignable to the open records of the store. */

import type { ChecklistItem, Localized } from './reference';

export type * from './planning';
export type * from './promised';
export type * from './reference';
type Maybe<T> = T | null | undefined;

export type Place = {
  lat_e7: number;
  lon_e7: number;
  accuracy_m?: Maybe<number>;
};

export type Result = 'pass' | 'fail' | 'na';

export type Answer = {
  /** null while an option is chosen but not judged */
  result: Result | null;
  value: string | null;
  note: string | null;
  reason: string | null;
  instrument?: string | null;
};

/** `answers/<item>` holds an Answer; read it with `answerOf`. */
export type Checklist = Record<string, unknown> & {
  template: string;
  template_version: number;
  name: Localized | string;
  items: ChecklistItem[];
  asset?: Maybe<string>;
  skipped_because?: Maybe<string>;
};

export type Reading = {
  checklist?: Maybe<string>;
  item?: Maybe<string>;
  value: string;
  unit?: Maybe<string>;
  minimum?: Maybe<string>;
  maximum?: Maybe<string>;
  instrument?: Maybe<string>;
  verdict?: Maybe<string>;
};

export type WorkOrder = {
  number: string;
  type: string;
  priority: string;
  severity?: Maybe<string>;
  grade?: Maybe<string>;
  case?: Maybe<string>;
  /** another region than the site's, and why */
  region_band?: Maybe<string>;
  region_reason?: Maybe<string>;
  customer: string;
  site?: Maybe<string>;
  contact?: Maybe<string>;
  asset?: Maybe<string>;
  policy: string;
  policy_version?: Maybe<number>;
  branch: string;
  state: string;
  received_at: number;
  title: string;
  customer_wish?: Maybe<string>;
  entitlement?: Maybe<string>;
  assignee?: Maybe<string>;
  appointment_start?: Maybe<number>;
  appointment_end?: Maybe<number>;
  crew?: Maybe<string[]>;
  fault?: Maybe<string>;
  diagnosis?: Maybe<string>;
  cause?: Maybe<string>;
  work_done?: Maybe<string>;
  hold_reason?: Maybe<string>;
  hold_until?: Maybe<string>;
  hold_told?: Maybe<boolean>;
  cancel_reason?: Maybe<string>;
  next_maintenance_on?: Maybe<string>;
  finished_at?: Maybe<number>;
  /** the callback or finding it follows from */
  opened_from?: Maybe<string>;
  plan?: Maybe<string>;
  nominal_on?: Maybe<string>;
  assets?: Maybe<string[]>;
  due_on?: Maybe<string>;
  opens_on?: Maybe<string>;
  closes_on?: Maybe<string>;
  missed_because?: Maybe<string>;
};

/** What becomes of a failed item of a round. */
export type Finding = {
  checklist: string;
  item: string;
  asset?: Maybe<string>;
  severity: string;
  description: string;
  action: string;
  advice?: Maybe<string>;
};

/** What a machine keeps of a finding, for whoever visits it next; its root is the machine. */
export type AssetFinding = {
  finding: string;
  item: string;
  found_at: number;
  severity: string;
  description: string;
  action: string;
  advice?: Maybe<string>;
  order_number?: Maybe<string>;
  order_end?: Maybe<string>;
  inspected_at?: Maybe<number>;
};

/** When something happened: `event_time` counts; one in doubt also tells what the device said. */
export type Timed = {
  event_time?: Maybe<number>;
  device_time?: Maybe<number>;
  received_time?: Maybe<number>;
  doubt?: Maybe<string>;
};

export type VisitEvent = Timed & {
  kind: string;
  place?: Maybe<Place>;
  place_missing?: Maybe<string>;
  reason?: Maybe<string>;
  ruled_time?: Maybe<number>;
  ruled_because?: Maybe<string>;
};

export type Photo = {
  sha256: string;
  size: number;
  media_type: string;
  width: number;
  height: number;
  slot: string;
  checklist?: Maybe<string>;
  item?: Maybe<string>;
  taken_at: number;
  place?: Maybe<Place>;
  caption?: Maybe<string>;
  stored?: Maybe<boolean>;
};

export type QuotationLine = {
  code: string;
  name: string;
  kind: string;
  unit: string;
  price: number;
  quantity: string;
  amount: number;
  part?: Maybe<string>;
};

export type Quotation = {
  number: number;
  currency: string;
  price_list: string;
  lines: QuotationLine[];
  reason?: Maybe<string>;
  state?: Maybe<string>;
  total?: Maybe<number>;
  hash?: Maybe<string>;
};

export type Consent = {
  quotation: string;
  hash: string;
  decision: 'yes' | 'no';
  mode: string;
  reason_code?: Maybe<string>;
  reason_text?: Maybe<string>;
  person?: Maybe<string>;
  role?: Maybe<string>;
  signature?: Maybe<string>;
};

export type PartUse = {
  part: string;
  name: string;
  quantity: number;
  source: string;
  permission?: Maybe<string>;
  permitted_by?: Maybe<string>;
  new_part_shown?: Maybe<boolean>;
  disposition?: Maybe<string>;
  old_serial?: Maybe<string>;
  new_serial?: Maybe<string>;
  note?: Maybe<string>;
};

export type StockMove = {
  part: string;
  from: string;
  to: string;
  quantity: number;
};

/** What a van gained or lost by a move on an order, below zero if it lost. */
export type VanMove = {
  engineer: string;
  move: string;
  part: string;
  quantity: number;
};

export type Signature = Timed & {
  statement: Record<string, unknown>;
  ink: number[][];
  sha256?: Maybe<string>;
  act?: Maybe<string>;
  state?: Maybe<string>;
};

export type Rating = {
  score?: Maybe<number>;
  declined?: Maybe<boolean>;
  comment?: Maybe<string>;
  signature?: Maybe<string>;
};

export type Report = {
  result: string;
  summary?: Maybe<string>;
  reason?: Maybe<string>;
  next_visit_on?: Maybe<string>;
};

export type ReviewComment = {
  type: string;
  record: string;
  item?: Maybe<string>;
  text: string;
};

export type Review = {
  report: string;
  decision: 'approve' | 'return';
  comments: ReviewComment[];
};

export type ConflictSide = {
  value: unknown;
  op: string;
  by: string;
  at: number | string;
  /** what its author saw, if it met the live value without having seen it */
  was?: unknown;
  /** how far the clock of its author's device was off, in ms: the server's minus the device's */
  offset?: number;
  /** what stood in its place before, oldest first */
  history?: ConflictSide[];
};

/** Who removed the record that a conflict is about. */
export type Removal = { op: string; by: string; at: string; reason?: Maybe<string> };

export type Conflict = {
  record_type: string;
  record: string;
  field: string;
  fields: string[];
  was: unknown;
  live: ConflictSide;
  candidates: ConflictSide[];
  severity?: Maybe<string>;
  opened_at?: Maybe<string>;
  removed?: Removal;
  /** parked decisions about it */
  attempts?: string[];
  state: 'open' | 'resolved';
  choice?: { op: string } | { value: unknown };
  reason?: Maybe<string>;
  resolved_by?: Maybe<string>;
};

export type Outcome = {
  operation: { id: string; type: string; record: string; root: string; do: string } & Record<string, unknown>;
  verdict: string;
  code?: Maybe<string>;
  state: 'open' | 'applied' | 'dismissed' | 'resolved';
  /** mine or other for a conflict, the supervisor's words for a parked operation */
  decision?: Maybe<string>;
  /** the body that was applied instead; empty where its author may not see it any more */
  edited?: Record<string, unknown>;
  decided_by?: Maybe<string>;
};
