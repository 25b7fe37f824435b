/** Why the server would refuse a draft's form or values, so that it is said before anything is saved. */
import { fieldRule, model } from './exported';
import { canonicalValue, InvalidField } from './values';

export interface Problem {
  field: string;
  reason: string;
}

export interface Proposed {
  type: string;
  do: string;
  body: unknown;
}

type Values = Record<string, unknown>;

/** Null if form and values are fine; rights and guards are for the server to judge when it receives the work. */
export function problemOf(draft: Proposed): Problem | null {
  const rules = model.types[draft.type];
  if (!rules) return { field: '', reason: 'unknown_type' };
  if (!rules.does.includes(draft.do)) return { field: '', reason: 'unknown_do' };
  const body = (draft.body ?? {}) as Values;
  if (draft.do === 'set') return firstProblem(draft.type, body as Record<string, { to: unknown }>);
  const values = INSERTED[draft.do]?.(body);
  return values ? inserted(draft.type, values) : null;
}

const INSERTED: Record<string, (body: Values) => Values> = {
  create: (body) => body.values as Values,
  append: (body) => body.values as Values,
  move: (body) => body,
  sign: (body) => body,
};

function firstProblem(type: string, changes: Record<string, { to: unknown }>): Problem | null {
  for (const [field, { to }] of Object.entries(changes)) {
    const fixed = fieldRule(type, field)?.merge === 'fixed';
    const problem = fixed ? { field, reason: 'immutable' } : fieldProblem(type, field, to);
    if (problem) return problem;
  }
  return null;
}

function inserted(type: string, values: Values): Problem | null {
  const required = Object.entries(model.types[type]?.fields ?? {}).filter(([, rule]) => rule.required);
  const names = new Set([...Object.keys(values), ...required.map(([name]) => name)]);
  for (const field of names) {
    const problem = fieldProblem(type, field, values[field]);
    if (problem) return problem;
  }
  return null;
}

function fieldProblem(type: string, field: string, value: unknown): Problem | null {
  const rule = fieldRule(type, field);
  if (!rule) return { field, reason: 'unknown_field' };
  if (rule.merge === 'derived') return { field, reason: 'forbidden_field' };
  try {
    const absent = canonicalValue(rule, value) === null;
    return rule.required && absent ? { field, reason: 'required' } : null;
  } catch (error) {
    if (error instanceof InvalidField) return { field, reason: error.reason };
    throw error;
  }
}
