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
  /** The reason why the server would refuse a draft's form or values; null if it would not. */
  problem(draft: Draft): { field: string; reason: string } | null;
}
