/** What each schema changed, as the server's own steps say it: work of an older app shows in the words of today. */
import type { Data, Operation } from '../outbox/operation';
import { model } from './exported';

const OLDEST = 1;

/** The operation as this app would have made it; what was made and is sent stays as it is. */
export function upcast(operation: Operation): Operation {
  return STEPS.slice(operation.schema - OLDEST).reduce((older, step) => step(older), operation);
}

/** 2: a customer who would not rate is `declined`; before, a missing score meant that. */
function sayDeclined(operation: Operation): Operation {
  if (operation.type !== 'rating' || operation.do !== 'append') return operation;
  const { values } = operation.append as { values: Data };
  return { ...operation, append: { values: ratingSaysDeclined(values) } };
}

/** The same for a stored record. */
export function ratingSaysDeclined(data: Data): Data {
  return data.score === undefined || data.score === null ? { ...data, declined: true } : data;
}

/** 2: a timer's limit has a unit, a calendar and an end; before, all were minutes round the clock. */
function nameUnits(operation: Operation): Operation {
  if (operation.type !== 'service_policy' || operation.do !== 'create') return operation;
  const { values } = operation.create as { values: Data };
  return { ...operation, create: { values: policyNamesUnits(values) } };
}

/** The same for a stored record. */
export function policyNamesUnits(data: Data): Data {
  const timers = data.timers as OldTimer[] | undefined;
  if (!Array.isArray(timers) || !timers.some((timer) => 'limit_minutes' in timer)) return data;
  return { ...data, timers: timers.map(withUnit), active: true };
}

type OldTimer = { name: string; limit_minutes?: number };

function withUnit({ limit_minutes: limit, ...timer }: OldTimer) {
  const stop = model.timers.stops[timer.name] ?? null;
  return { stop, limit: limit ?? null, unit: 'min', calendar: '24x7', ...timer };
}

const STEPS = [(operation: Operation) => nameUnits(sayDeclined(operation))];
