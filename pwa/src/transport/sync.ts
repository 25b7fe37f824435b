/** One exchange with the server. */
import type { Reply } from '../outbox/classify';
import type { SyncRequest } from '../outbox/operation';
import { NoAnswer, retryAfterMs, send } from './http';
import { jsonBody } from './json';

const TIMEOUT_MS = 30_000;

export async function exchange(request: SyncRequest): Promise<Reply> {
  try {
    const reply = await send('/api/v1/sync', { method: 'POST', ...(await jsonBody(request)), timeoutMs: TIMEOUT_MS });
    return { arrived: true, status: reply.status, json: reply.json, retryAfterMs: retryAfterMs(reply.headers) };
  } catch (error) {
    if (error instanceof NoAnswer) return { arrived: false, problem: error.problem };
    throw error;
  }
}
