/** What the engine must know of the trade; made from the exported model where the app is put together. */
import type { Draft, Together } from '../outbox/make';
import type { Rules } from '../outbox/replay';
import type { Limits } from '../outbox/request';

export interface Trade {
  protocol: number;
  schema: number;
  rules: Rules;
  limits: Limits & { operationBytes: number; groupMembers: number };
  together: Together;
  /** The draft with canonical values; throws InvalidDraft for what the server would refuse for its form. */
  canonical(draft: Draft): Draft;
}

/** Nothing of it was saved; `field` and `reason` say why. */
export class InvalidDraft extends Error {
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(`${field}: ${reason}`);
  }
}
