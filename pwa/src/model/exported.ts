/** The exported model with its types: what the server declared once, as the app reads it. */
import generated from './generated.json';
import type { Condition } from './conditions';

export type Words = Record<string, string>;

/** The shape of a value; which members are set depends on `kind`. */
export interface Shape {
  kind: string;
  required?: boolean;
  longest?: number;
  least?: number;
  most?: number;
  scale?: number | null;
  largest?: number;
  enum?: string;
  to?: string;
  of?: Shape;
  members?: Record<string, Shape>;
}

/** Role -> states of the order in which it may; null means every state. */
export type Access = Record<string, string[] | null>;

export interface FieldRule extends Shape {
  merge: 'plain' | 'answer' | 'fixed' | 'derived';
  owner: 'site' | 'office';
  group: string | null;
  write: Access;
}

export interface TypeRule {
  root: boolean;
  does: string[];
  create: Access;
  hide: Access;
  settle: Access;
  blob: string | null;
  fields: Record<string, FieldRule>;
  patterns: Record<string, FieldRule>;
}

export interface Step {
  name: string;
  from: string[];
  to: string;
  by: string[];
  auto: boolean;
  guards: string[];
}

export type ComplaintStep = Pick<Step, 'name' | 'from' | 'to' | 'guards'>;

export interface Machine {
  states: string[];
  ladder: string[];
  on_site: string[];
  held: string;
  road: string[];
  round: string[];
  transitions: Step[];
  guards: Record<string, Condition>;
}

export interface ExportedModel {
  protocol: number;
  schema: number;
  limits: Record<string, number>;
  types: Record<string, TypeRule>;
  machine: Machine;
  timers: {
    starts: Record<string, string>;
    met_from: Record<string, string>;
    stops: Record<string, string>;
    /** kind of a visit event -> the events of the clock that it is */
    visit: Record<string, string[]>;
    warnings: number[];
  };
  callbacks: {
    attempts: number;
    hours_between: number;
    low_score: number;
    unhappy: string[];
    unanswered: string[];
  };
  complaint: {
    states: string[];
    steps: ComplaintStep[];
    guards: Record<string, Condition>;
    /** what a whole record tells */
    whole: Condition;
  };
  enums: Record<string, Record<string, Words>>;
  errors: Record<string, { message: Words; retryable: boolean; status: number | null }>;
}

export const model = generated as unknown as ExportedModel;

/** The rule of a field, also of one under a pattern such as `answers/<item>`. */
export function fieldRule(type: string, field: string): FieldRule | null {
  const rules = Object.hasOwn(model.types, type) ? model.types[type] : undefined;
  const [prefix, item] = field.split('/');
  return rules?.fields[field] ?? (item ? rules?.patterns[`${prefix}/`] : undefined) ?? null;
}

/** The fields that change together with this one, itself included. */
export function together(type: string, field: string): readonly string[] {
  const group = fieldRule(type, field)?.group;
  if (!group) return [field];
  const fields = model.types[type]?.fields ?? {};
  return Object.keys(fields).filter((name) => fields[name]?.group === group);
}
