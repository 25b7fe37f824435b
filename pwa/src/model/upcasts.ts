/** What each schema changed, as the server's own steps say it: work of an older app shows in the words of today. */
import type { Data, Operation } from '../outbox/operation';

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

const STEPS = [sayDeclined];
