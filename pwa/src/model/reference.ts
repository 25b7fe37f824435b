/** Reference data and customers as the screens read them. Absent and null are the same.
 * Type aliases, not interfaces: only they are assignable to the open records of the store. */

export type Localized = Record<string, string>;
type Maybe<T> = T | null | undefined;

export type User = {
  username: string;
  name: string;
  roles: string[];
  branch: string;
  active?: Maybe<boolean>;
};

export type Customer = {
  name: string;
  phone?: Maybe<string>;
  address?: Maybe<string>;
  key_customer?: Maybe<boolean>;
  notes?: Maybe<string>;
};

export type Site = {
  customer: string;
  name: string;
  address?: Maybe<string>;
  lat_e7?: Maybe<number>;
  lon_e7?: Maybe<number>;
  access_notes?: Maybe<string>;
  region_band?: Maybe<string>;
  timezone?: Maybe<string>;
};

export type Contact = {
  customer: string;
  name: string;
  phone?: Maybe<string>;
  role?: Maybe<string>;
};

export type Asset = {
  number: string;
  serial?: Maybe<string>;
  maker?: Maybe<string>;
  model?: Maybe<string>;
  category?: Maybe<string>;
  customer?: Maybe<string>;
  site?: Maybe<string>;
  position?: Maybe<string>;
  condition?: Maybe<string>;
  running_hours?: Maybe<number>;
  retired_on?: Maybe<string>;
};

export type Part = {
  code: string;
  name: string;
  model?: Maybe<string>;
  source: string;
  unit?: Maybe<string>;
  price: number;
  currency: string;
};

export type PriceLine = {
  code: string;
  name: string;
  kind: string;
  unit: string;
  price: number;
  part?: Maybe<string>;
};

export type PriceList = {
  key: string;
  version: number;
  name: string;
  currency: string;
  valid_from?: Maybe<string>;
  lines: PriceLine[];
};

/** What an order is judged by when a timer looks for its own. */
export type Conditions = {
  priority?: Maybe<string>;
  severity?: Maybe<string>;
  grade?: Maybe<string>;
  band?: Maybe<string>;
  case?: Maybe<string>;
};

export type Timer = Conditions & {
  name: string;
  exclude?: Maybe<Conditions>;
  start: string;
  stop: string;
  /** in `unit`; absent while it is still to be filled in */
  limit?: Maybe<number>;
  unit: string;
  calendar: string;
  pausable?: Maybe<boolean>;
  source?: Maybe<string>;
};

export type ServicePolicy = {
  key: string;
  version: number;
  name: Localized;
  timers: Timer[];
  active?: Maybe<boolean>;
  valid_from?: Maybe<string>;
  /** who made the version, and when: known once it was synced */
  made_by?: Maybe<string>;
  made_at?: Maybe<number>;
  settings?: Maybe<Record<string, unknown>>;
};

export type ChecklistItem = {
  id: string;
  phase: string;
  kind: 'check' | 'number' | 'count_ratio' | 'choice' | 'text' | 'action' | 'conduct';
  label: Localized;
  required?: boolean;
  critical?: boolean;
  unit?: Maybe<string>;
  minimum?: Maybe<string>;
  maximum?: Maybe<string>;
  minimum_exclusive?: Maybe<boolean>;
  maximum_exclusive?: Maybe<boolean>;
  decimals?: Maybe<number>;
  photo_on_fail?: Maybe<boolean>;
  /** what the value must be measured with, such as a 500 V megger */
  instrument?: Maybe<string>;
  options?: Maybe<{ code: string; label: Localized; defect?: boolean }[]>;
};

export type ChecklistTemplate = {
  key: string;
  version: number;
  name: Localized;
  items: ChecklistItem[];
  applies_to?: Maybe<string[]>;
};
